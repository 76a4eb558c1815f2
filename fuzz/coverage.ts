import { Session } from "node:inspector";
import { isObject } from "#src/field/json.ts";

const SOURCE = "/src/";

/** Which blocks of the code under test have run, as V8 counts them. */
export class Coverage {
  readonly #session = new Session();
  readonly #blocks = new Set<string>();

  constructor() {
    this.#session.connect();
    this.#post("Profiler.enable");
    this.#post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** How many blocks have run for the first time since the previous call. */
  newBlocks(): number {
    const before = this.#blocks.size;
    for (const script of listAt(this.#post("Profiler.takePreciseCoverage"), "result")) {
      const url = isObject(script) ? String(script["url"]) : "";
      if (!url.includes(SOURCE) || url.includes("node_modules")) continue;
      for (const one of listAt(script, "functions")) {
        for (const range of listAt(one, "ranges")) {
          if (!isObject(range) || range["count"] === 0) continue;
          this.#blocks.add(`${url}:${String(range["startOffset"])}-${String(range["endOffset"])}`);
        }
      }
    }
    return this.#blocks.size - before;
  }

  get size(): number {
    return this.#blocks.size;
  }

  close(): void {
    this.#session.disconnect();
  }

  /** The inspector of the current thread calls back synchronously. */
  #post(method: string, parameters: object = {}): unknown {
    let answer: unknown;
    this.#session.post(method, parameters, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  }
}

function listAt(holder: unknown, name: string): readonly unknown[] {
  const list = isObject(holder) ? holder[name] : undefined;
  return Array.isArray(list) ? list : [];
}
