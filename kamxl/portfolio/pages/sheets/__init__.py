"""The sheets of the portfolio, each declared in a module of this package with `kamxl.portfolio.pages.page.sheet`."""
