import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** What the names of folders with such files begin with. */
const FOLDER = "fairlead-stored-";
const ENDING = ".stored.yaml";

/**
 * Whether a file shows what would be stored: it is no manifest, and is left alone. An editor may start another server for the
 * folder that it lies in, so that the name must say it.
 */
export function isStoredFile(file: string): boolean {
  return file.endsWith(ENDING) && basename(dirname(file)).startsWith(FOLDER);
}

/** Files that show what would be stored, for editors that cannot show a text otherwise. They are removed in the end. */
export class StoredFiles {
  #folder: string | undefined;

  /** Writes a text, and returns its path. @param name the Service's namespace and name */
  write(name: string, text: string): string {
    const folder = this.#folder ?? this.#newFolder();
    const file = join(folder, `${name.replaceAll(/[^\w.-]+/g, "-")}${ENDING}`);
    writeFileSync(file, text);
    return file;
  }

  #newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), FOLDER));
    process.on("exit", () => {
      rmSync(folder, { recursive: true, force: true });
    });
    this.#folder = folder;
    return folder;
  }
}
