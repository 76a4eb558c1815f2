import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Files that show what would be stored, for editors that cannot show a text otherwise. They are removed in the end. */
export class StoredFiles {
  #folder: string | undefined;

  /** The folder of the files; undefined as long as there is none. */
  get folder(): string | undefined {
    return this.#folder;
  }

  /** Writes a text, and returns its path. @param name the Service's namespace and name */
  write(name: string, text: string): string {
    const folder = this.#folder ?? this.#newFolder();
    const file = join(folder, `${name.replaceAll(/[^\w.-]+/g, "-")}.stored.yaml`);
    writeFileSync(file, text);
    return file;
  }

  #newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-stored-"));
    process.on("exit", () => {
      rmSync(folder, { recursive: true, force: true });
    });
    this.#folder = folder;
    return folder;
  }
}
