/** Preloaded into a command: writes to the file of `LOADED` which scripts and which of Node's modules it loads, as JSON. */
const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const vm = process.getBuiltinModule("node:vm");

const before = new Set(process.moduleLoadList);
const scripts = [];
const Script = vm.Script;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    scripts.push({ name: path.basename(options.filename, ".cjs"), isCached: this.cachedDataRejected === false });
  }
};
process.on("exit", () => {
  const modules = process.moduleLoadList
    .filter((entry) => !before.has(entry) && /^NativeModule (?!internal)/.test(entry))
    .map((entry) => entry.replace("NativeModule ", ""));
  fs.writeFileSync(process.env.LOADED, JSON.stringify({ scripts, modules }));
});
