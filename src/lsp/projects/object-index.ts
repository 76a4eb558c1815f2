import type { Input, InputFile } from "../../check/inputs/index.ts";
import { collectObjects, type InventoryData, type TextObjects, textObjects } from "../../check/inventory/index.ts";
import { EventLoopYield, type RunRequest, stateBefore } from "../../check/run/index.ts";
import { equalJson } from "../../field/index.ts";
import { currentText, type OpenText } from "./current-text.ts";

/** The longest time, in milliseconds, for which reading files keeps the server from answering. */
export const SLICE = 10;

/** The objects in the files of a folder, each file read once until it changes. */
export class ObjectIndex {
  readonly #request: Omit<RunRequest, "wantsServices">;
  readonly #openText: OpenText;
  /** By the absolute path of the file; undefined for one that cannot be read. */
  readonly #contents = new Map<string, TextObjects | undefined>();
  /** What files held that have changed since. */
  readonly #stale = new Map<string, TextObjects | undefined>();

  /** @param openText the text of a file that is open in the editor: it takes the place of what is on disk */
  constructor(request: Omit<RunRequest, "wantsServices">, openText: OpenText) {
    this.#request = request;
    this.#openText = openText;
  }

  /** Takes note that a file is not as it was: it is read again when somebody asks. */
  changed(file: string): void {
    if (!this.#contents.has(file)) return;
    if (!this.#stale.has(file)) this.#stale.set(file, this.#contents.get(file));
    this.#contents.delete(file);
  }

  /** Whether changes since the last time have led to other objects. */
  async hasChanged(): Promise<boolean> {
    const pause = new EventLoopYield(SLICE);
    for (const [file, before] of this.#stale) {
      this.#stale.delete(file);
      if (!areEqual(before, this.contentOf(file))) {
        this.#stale.clear();
        return true;
      }
      if (pause.isDue) await pause.run();
    }
    return false;
  }

  /** Forgets what is not among the files, and all that is on disk only. */
  forget(): void {
    this.#contents.clear();
    this.#stale.clear();
  }

  /** What the file holds; undefined if it cannot be read. */
  contentOf(file: string): TextObjects | undefined {
    if (!this.#contents.has(file)) this.#contents.set(file, this.#read(file));
    return this.#contents.get(file);
  }

  /** All objects, as policies are to know them. @param inputs the files of the folder */
  async collect(inputs: readonly Input[]): Promise<InventoryData> {
    const { request, settings } = { request: this.#request, settings: this.#request.settings };
    const before = stateBefore(request);
    const { given, isComplete } = request;
    const contentOf = ({ file }: InputFile): TextObjects | undefined => this.contentOf(file);
    const collected = { inputs, renderings: [], given, isComplete, before, settings, contentOf };
    return (await collectObjects(collected, new EventLoopYield(SLICE))).data;
  }

  #read(file: string): TextObjects | undefined {
    const text = currentText(file, this.#openText);
    return text === undefined ? undefined : textObjects(text, false, this.#request.settings);
  }
}

function areEqual(before: TextObjects | undefined, after: TextObjects | undefined): boolean {
  return equalJson(before?.objects, after?.objects) && equalJson([...(before?.gaps ?? [])], [...(after?.gaps ?? [])]);
}
