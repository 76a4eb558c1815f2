import type { ReferenceEntry } from "../../inventory/model/index.ts";
import { readSource, STANDARD_INPUT } from "../../files/index.ts";
import { Lines, type Region } from "../../text/document/index.ts";
import { Unusable } from "../../usage/index.ts";
import {
  commitOf,
  contentsOf,
  Exclusion,
  filesOf,
  type GitLocation,
  inputsOf,
  parseGitLocation,
} from "../inputs/index.ts";
import { looksLikeManifest } from "../../examine/manifests/index.ts";
import { regionOf } from "../../examine/places/index.ts";
import type { FoundObject } from "./found-object.ts";
import type { NamespaceOptions } from "../../examine/findings/index.ts";
import { objectsIn } from "./objects-in.ts";

/** A reference of `--inventory`, with its place. */
export interface GivenReference {
  readonly file: string;
  readonly region: Region;
  readonly owner: FoundObject;
  readonly reference: ReferenceEntry;
}

/** What `--inventory` names. */
export interface GivenObjects {
  readonly objects: readonly FoundObject[];
  readonly references: readonly GivenReference[];
}

const OPTION = "--inventory";

/**
 * Reads what is in the cluster already: manifests in files, folders or a commit, such as the output of `kubectl get -o yaml`.
 * @param checked the paths of the run
 * @param options with the folder in which the check runs
 * @param wantsPlaces whether the places of references are needed
 * @throws {Unusable} with file and line for what cannot be read
 */
export async function readGivenObjects(
  sources: readonly string[],
  checked: readonly string[],
  options: NamespaceOptions & { readonly folder: string },
  wantsPlaces: boolean,
): Promise<GivenObjects> {
  if (sources.includes(STANDARD_INPUT) && checked.includes(STANDARD_INPUT)) {
    throw new Unusable(`${OPTION} -: standard input can be read only once, and it is to be checked`);
  }
  const objects: FoundObject[] = [];
  const references: GivenReference[] = [];
  for (const source of sources) {
    const location = parseGitLocation(source);
    const texts =
      location === undefined
        ? await textsOnDisk(source, options.folder)
        : textsOfCommit(source, location, options.folder);
    const count = objects.length;
    for (const text of texts) {
      for (const { object, places } of objectsOf(text, options, wantsPlaces)) {
        objects.push(object);
        references.push(...places);
      }
    }
    if (objects.length === count) {
      throw new Unusable(
        `${OPTION} ${source} holds no object that rules look at: give manifests, such as the output of kubectl get -A -o yaml`,
      );
    }
  }
  return { objects, references };
}

interface NamedText {
  readonly file: string;
  readonly text: string;
}

async function textsOnDisk(path: string, folder: string): Promise<readonly NamedText[]> {
  const texts: NamedText[] = [];
  for (const input of await inputsOf([path], new Exclusion([]), { folder })) {
    if (input.type === "unreadable") throw new Unusable(`${OPTION} ${input.file}: ${input.reason}`);
    if (input.type !== "file") continue;
    const source = readSource(input.file);
    if ("unreadable" in source) throw new Unusable(`${OPTION} ${input.file}: ${source.unreadable}`);
    if (input.isNamed || looksLikeManifest(source.text)) texts.push({ file: input.file, text: source.text });
  }
  return texts;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;

function textsOfCommit(source: string, { ref, path }: GitLocation, folder: string): readonly NamedText[] {
  if (path === undefined) throw new Unusable(`${OPTION} ${source} names no file: write git:REF:PATH`);
  const use = { option: OPTION, folder };
  const commit = commitOf(use, ref);
  const files = filesOf(use, commit, path).filter((file) => file === path || MANIFEST.test(file));
  const texts = contentsOf(use, commit, files).map(({ file, text }) => ({ file: `${ref}:${file}`, text }));
  const [only] = texts;
  return only?.file === `${ref}:${path}` ? [only] : texts.filter(({ text }) => looksLikeManifest(text));
}

interface GivenObject {
  readonly object: FoundObject;
  readonly places: readonly GivenReference[];
}

function* objectsOf(
  { file, text }: NamedText,
  { namespace, isNamespaceCertain }: NamespaceOptions,
  wantsPlaces: boolean,
): Generator<GivenObject> {
  const lines = new Lines(text);
  const options = { namespace, isNamespaceCertain, isNamed: true, assumeService: false };
  for (const found of objectsIn(lines, options)) {
    if ("type" in found) {
      if (found.type !== "unreadable") continue;
      // The message quotes nothing from the file: it may be another one than intended, and confidential.
      throw new Unusable(`${OPTION} ${file}:${found.line}: this cannot be read as a manifest`);
    }
    const { object, document, keys } = found;
    const references = wantsPlaces ? (object.entries.references ?? []) : [];
    const places = references.map((reference) => {
      const region = regionOf(document, lines, [...keys, ...reference.keys], "value");
      return { file, region, owner: object, reference };
    });
    yield { object, places };
  }
}
