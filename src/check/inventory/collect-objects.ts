import { readSource, type Source, STANDARD_INPUT } from "../../files/index.ts";
import { serviceEntry } from "../../inventory/extract/index.ts";
import type { ServiceEntry } from "../../inventory/model/index.ts";
import { Lines } from "../../text/document/index.ts";
import type { OldState } from "../../examine/before/index.ts";
import type { Input, InputFile } from "../inputs/index.ts";
import { type FoundObject, isService, keyOf } from "./found-object.ts";
import type { GivenObjects } from "./given-objects.ts";
import { knownNeeds } from "./known-needs.ts";
import { type Gap, objectsIn } from "./objects-in.ts";
import type { FileObjects, InventoryData } from "./run-inventory.ts";
import type { Rendering } from "../render/index.ts";
import type { Settings } from "../../examine/settings/index.ts";

/** What a run is about, as far as its inventory depends on it. */
export interface Collected {
  readonly inputs: readonly Input[];
  readonly renderings: readonly Rendering[];
  readonly given: GivenObjects;
  readonly isComplete: boolean;
  /** The previous state of the same paths: what is not in them any more is removed. */
  readonly before: OldState | undefined;
  readonly settings: Settings;
  /** What a file holds, for who knows it already; undefined if it cannot be read. By default, files are read. */
  readonly contentOf?: (input: InputFile) => TextObjects | undefined;
}

/** The objects of a run. */
export interface CollectedObjects {
  readonly data: InventoryData;
  /** How many inputs hold objects that are not known. */
  readonly gaps: number;
  /** The texts that can be read only once. */
  readonly texts: ReadonlyMap<string, Source>;
}

/** Lets the event loop run from time to time. */
export interface Pause {
  readonly isDue: boolean;
  run(): Promise<void>;
}

/** Reads all inputs of a run for the objects in them, before the first is judged. */
export async function collectObjects(collected: Collected, pause: Pause): Promise<CollectedObjects> {
  const { inputs, renderings, given, isComplete, before, settings, contentOf } = collected;
  const collector = new Collector(settings, contentOf);
  for (const input of inputs) {
    collector.addInput(input);
    if (pause.isDue) await pause.run();
  }
  for (const rendering of renderings) collector.addRendering(rendering);
  const { files } = collector;
  const after = collector.isUnreadable ? undefined : before;
  const data = {
    isComplete,
    known: knownNeeds(isComplete || given.objects.length > 0, files),
    files,
    given: remaining(given.objects, after, files),
    removed: removedServices(after?.services, files),
  };
  return { data, gaps: collector.gaps, texts: collector.texts };
}

/** What a text holds for an inventory. */
export interface TextObjects {
  readonly objects: readonly FoundObject[];
  /** What in it cannot be known. */
  readonly gaps: ReadonlySet<Gap["type"]>;
}

/** @param isNamed false for a file that was found in a folder */
export function textObjects(
  text: string,
  isNamed: boolean,
  { namespace, isNamespaceCertain, assumeService }: Settings,
): TextObjects {
  const options = { isNamed, namespace, isNamespaceCertain, assumeService };
  const objects: FoundObject[] = [];
  const gaps = new Set<Gap["type"]>();
  for (const found of objectsIn(new Lines(text), options)) {
    if ("type" in found) gaps.add(found.type);
    else objects.push(found.object);
  }
  return { objects, gaps };
}

/** Paths of pipes, which can be read only once. */
const PIPE = /^\/(?:dev|proc)\//;

class Collector {
  readonly files: FileObjects[] = [];
  readonly texts = new Map<string, Source>();
  gaps = 0;
  /** Whether what one of the inputs holds is not known at all. */
  isUnreadable = false;
  readonly #settings: Settings;
  readonly #contentOf: Collected["contentOf"];

  constructor(settings: Settings, contentOf: Collected["contentOf"]) {
    this.#settings = settings;
    this.#contentOf = contentOf;
  }

  addInput(input: Input): void {
    if (input.type === "file") this.#addFile(input);
    else if (input.type === "skipped" && input.role.type !== "data") this.gaps++;
    else if (input.type === "unreadable") this.#addUnreadable();
  }

  addRendering({ name, outcome }: Rendering): void {
    if ("failure" in outcome) this.#addUnreadable();
    else this.#addText(outcome.text, true, [{ name }]);
  }

  #addFile(input: InputFile): void {
    const { file, isNamed, sets } = input;
    if (this.#contentOf !== undefined) {
      const content = this.#contentOf(input);
      if (content === undefined) this.#addUnreadable();
      else this.#addContent(content, sets);
      return;
    }
    const source = readSource(file);
    if (file === STANDARD_INPUT || PIPE.test(file)) this.texts.set(file, source);
    if ("text" in source) this.#addText(source.text, isNamed, sets);
    else this.#addUnreadable();
  }

  #addText(text: string, isNamed: boolean, sets: FileObjects["sets"]): void {
    this.#addContent(textObjects(text, isNamed, this.#settings), sets);
  }

  #addContent({ objects, gaps }: TextObjects, sets: FileObjects["sets"]): void {
    this.files.push({ sets, objects });
    if (gaps.size > 0) this.gaps++;
    if (gaps.has("unreadable")) this.isUnreadable = true;
  }

  #addUnreadable(): void {
    this.gaps++;
    this.isUnreadable = true;
  }
}

/** What is in the cluster, without what this change removes. */
function remaining(
  given: readonly FoundObject[],
  before: OldState | undefined,
  files: readonly FileObjects[],
): readonly FoundObject[] {
  if (before === undefined || given.length === 0) return given;
  const removed = new Set(before.others.map(keyOf));
  for (const { objects } of files) for (const object of objects) removed.delete(keyOf(object));
  return given.filter((object) => !removed.has(keyOf(object)));
}

function removedServices(old: OldState["services"] | undefined, files: readonly FileObjects[]): ServiceEntry[] {
  if (old === undefined) return [];
  const services = new Set(
    files.flatMap(({ objects }) => objects.filter(isService).map(({ namespace, name }) => `${namespace}/${name}`)),
  );
  return [...old].flatMap(([service, { object }]) => {
    const namespace = service.slice(0, service.indexOf("/"));
    return services.has(service) ? [] : [serviceEntry(object, namespace)];
  });
}
