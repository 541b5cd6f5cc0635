// Load kamxl's Excel functions under Pyodide (Python compiled for the browser) and call some of them.
// Arguments: pyodide.mjs, the project's folder, the folder that holds the package xlwings.
import { pathToFileURL } from "node:url";

const [, , pyodide, project, site] = process.argv;
const { loadPyodide } = await import(pathToFileURL(pyodide).href);
const python = await loadPyodide();
for (const [name, folder] of [["kamxl", project], ["xlwings", site]]) {
  python.FS.mkdirTree(`/packages/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: `${folder}/${name}` }, `/packages/${name}`);
}
console.log(python.runPython(`
import json, sys
sys.path.insert(0, "/packages")
sys.dont_write_bytecode = True
from kamxl.excel import udf
json.dumps({
    "segment": udf.KAM_SEGMENT(60, 70),
    "score": udf.KAM_SCORE([[4], [3], [None], [5]], [[0.4, 0.3, 0.1, 0.2]]),
    "error": udf.KAM_GROWTH(0, 5),
    "functions": len(udf.__all__),
    "heavy": [name for name in ("pandas", "numpy", "openpyxl", "pydantic") if name in sys.modules],
})
`));
