"""Examples for each command, as its ``--help`` shows them below the options."""

from __future__ import annotations

from kamxl.texts import Text

EXAMPLES = {
    "": Text(
        "kamxl demo Beispiel\n"
        "kamxl new --accounts Kunden.csv --year 2027 -o Pläne\n"
        "kamxl check Pläne",
        "kamxl demo example\n"
        "kamxl new --accounts accounts.csv --year 2027 -o plans\n"
        "kamxl check plans",
    ),
    "new": Text(
        "kamxl new --accounts Kunden.csv --revenue Umsatz.csv --year 2027 -o Pläne\n"
        "kamxl new --accounts Kunden.xlsx -o Pläne --dry-run\n"
        "kamxl new --template --year 2027 -o Vorlage.xlsx",
        "kamxl new --accounts accounts.csv --revenue revenue.csv --year 2027 -o plans\n"
        "kamxl new --accounts accounts.xlsx -o plans --dry-run\n"
        "kamxl new --template --year 2027 -o template.xlsx",
    ),
    "read": Text(
        "kamxl read Pläne/10034_Leinebogen_2027.xlsx\n"
        "kamxl read Plan.xlsx --format json > Plan.json",
        "kamxl read plans/10034_Leinebogen_2027.xlsx\n"
        "kamxl read plan.xlsx --format json > plan.json",
    ),
    "check": Text(
        "kamxl check Pläne\n"
        "kamxl check Pläne --summary\n"
        "kamxl check Pläne --only KAM212 --only KAM302\n"
        "kamxl check Pläne --report Befunde.xlsx --per-kam Rückgabe --deadline 15.01.2027\n"
        "kamxl check Pläne --format csv > Befunde.csv",
        "kamxl check plans\n"
        "kamxl check plans --summary\n"
        "kamxl check plans --only KAM212 --only KAM302\n"
        "kamxl check plans --report findings.xlsx --per-kam returned --deadline 2027-01-15\n"
        "kamxl check plans --format csv > findings.csv",
    ),
    "consolidate": Text(
        "kamxl consolidate Pläne -o Portfolio.xlsx\n"
        "kamxl consolidate Pläne -o Portfolio.xlsx --year 2027 --export Tabellen",
        "kamxl consolidate plans -o portfolio.xlsx\n"
        "kamxl consolidate plans -o portfolio.xlsx --year 2027 --export tables",
    ),
    "rules": Text(
        "kamxl rules\nkamxl rules Datum\nkamxl rules KAM2 Fehler\nkamxl rules --format csv > Regeln.csv",
        "kamxl rules\nkamxl rules date\nkamxl rules KAM2 error\nkamxl rules --format csv > rules.csv",
    ),
    "explain": Text(
        "kamxl explain KAM212\nkamxl explain value-out-of-range --settings kamxl.toml",
        "kamxl explain KAM212\nkamxl explain value-out-of-range --settings kamxl.toml",
    ),
    "settings": Text(
        "kamxl settings > kamxl.toml", "kamxl settings --lang en > kamxl.toml"
    ),
    "demo": Text("kamxl demo Beispiel", "kamxl demo example"),
    "help": Text(
        "kamxl help check\nkamxl help udf call", "kamxl help check\nkamxl help udf call"
    ),
    "completion": Text(
        "kamxl completion bash >> ~/.bashrc\n"
        "kamxl completion bash >> ~/.zshrc\n"
        "kamxl completion powershell >> $PROFILE",
        "kamxl completion bash >> ~/.bashrc\n"
        "kamxl completion bash >> ~/.zshrc\n"
        "kamxl completion powershell >> $PROFILE",
    ),
    "udf": Text(
        "kamxl udf list\nkamxl udf call KAM_SEGMENT 60 70\nkamxl udf doctor",
        "kamxl udf list\nkamxl udf call KAM_SEGMENT 60 70\nkamxl udf doctor",
    ),
    "udf build": Text("kamxl udf build -o Add-in", "kamxl udf build -o add-in"),
    "udf install": Text("kamxl udf install", "kamxl udf install"),
    "udf uninstall": Text("kamxl udf uninstall", "kamxl udf uninstall"),
    "udf doctor": Text("kamxl udf doctor", "kamxl udf doctor"),
    "udf list": Text(
        "kamxl udf list\nkamxl udf list KAM_SCORE",
        "kamxl udf list\nkamxl udf list KAM_SCORE",
    ),
    "udf call": Text(
        'kamxl udf call KAM_SEGMENT 60 70\nkamxl udf call KAM_SCORE "4;3;;5" "0,4;0,3;0,1;0,2" 1 5',
        'kamxl udf call KAM_SEGMENT 60 70\nkamxl udf call KAM_SCORE "4;3;;5" "0.4;0.3;0.1;0.2" 1 5',
    ),
}
