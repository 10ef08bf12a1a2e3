"""Writes a wheel that pip installs: {"name", "version", "files": {path: text}, "scripts": {command: "module:function"}} on stdin, its folder as argument."""
import json
import pathlib
import sys
import zipfile

asked = json.load(sys.stdin)
name = asked["name"].replace("-", "_")
info = f"{name}-{asked['version']}.dist-info"
files = {
    **asked["files"],
    f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {asked['name']}\nVersion: {asked['version']}\n",
    f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{info}/entry_points.txt": "[console_scripts]\n" + "".join(f"{command} = {target}\n" for command, target in asked["scripts"].items()),
}
files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
path = pathlib.Path(sys.argv[1]) / f"{name}-{asked['version']}-py3-none-any.whl"
with zipfile.ZipFile(path, "w") as wheel:
    for entry, text in files.items():
        wheel.writestr(entry, text)
print(path)
