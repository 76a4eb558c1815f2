import type { KeptCode } from "./kept-code.ts";

const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const vm = process.getBuiltinModule("node:vm");

/** A script's `module`. */
interface Module {
  exports: unknown;
}

/**
 * The scripts of the program, run with the compiled code of earlier runs. Node's own cache keeps a script as it is before
 * it runs: without its functions, which V8 compiles when they are called.
 */
export class Scripts {
  readonly #folder: string;
  readonly #code: KeptCode;
  readonly #modules = new Map<string, Module>();
  readonly #compiled = new Map<string, InstanceType<typeof vm.Script>>();

  /** @param folder where the scripts are */
  constructor(folder: string, code: KeptCode) {
    this.#folder = folder;
    this.#code = code;
  }

  /** What a script exports. It runs once. The build has made it a function of what a CommonJS module is given. */
  load(name: string): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known.exports;
    const filename = path.join(this.#folder, name);
    const cachedData = this.#code.read(name);
    // The build writes ASCII only.
    const script = new vm.Script(fs.readFileSync(filename, "latin1"), {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) this.#compiled.set(name, script);
    const module: Module = { exports: {} };
    this.#modules.set(name, module);
    const run: unknown = script.runInThisContext();
    if (typeof run !== "function") throw new Error(`${filename} is not a script of this program`);
    const require = (id: string): unknown => (id.startsWith("./") ? this.load(id.slice("./".length)) : builtIn(id));
    Reflect.apply(run, undefined, [module.exports, require, module, filename, this.#folder]);
    return module.exports;
  }

  /** Keeps the code of scripts for which there was none. */
  keep(): void {
    for (const [name, script] of this.#compiled) this.#code.write(name, script.createCachedData());
    this.#compiled.clear();
  }
}

function builtIn(id: string): unknown {
  // To load this one as a module opens the standard streams.
  return id === "process" || id === "node:process" ? process : process.getBuiltinModule(id);
}
