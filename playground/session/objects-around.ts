import type { SetView } from "#src/examine/findings/objects-around.ts";
import type { Settings } from "#src/examine/settings/settings.ts";
import { type FoundObject } from "#src/check/inventory/found-object.ts";
import { knownNeeds } from "#src/check/inventory/known-needs.ts";
import { isBrokenTemplate, objectsInDocument } from "#src/check/inventory/objects-in.ts";
import { RunInventory } from "#src/check/inventory/run-inventory.ts";
import type { Need } from "#src/inventory/model/index.ts";
import { equalJson } from "#src/field/index.ts";
import type { TextDocument } from "#src/text/document/index.ts";
import type { Lines } from "#src/text/document/index.ts";
import { Parts } from "./parts.ts";

/** What a context knows of other objects. */
export interface Around {
  readonly inventory: RunInventory;
  readonly views: readonly SetView[];
  /** What of it rules can know. */
  readonly known: readonly Need[];
}

/** The objects of a part, and whether those behind it count. */
interface PartObjects {
  readonly objects: readonly FoundObject[];
  readonly isEnd: boolean;
}

/** A file that is checked by itself: nothing but the file says that its objects are applied together. */
const ITS_OWN_SET = [{ name: "", isAssumed: true }] as const;

/** The objects of the manifest around each of its Services, as `check` knows them from the files that it is given. */
export class ObjectsAround {
  readonly #isComplete: boolean;
  readonly #parts: Parts<PartObjects>;
  #last: { readonly objects: readonly FoundObject[]; readonly around: Around } | undefined;

  constructor({ namespace, isNamespaceCertain, assumeService }: Settings, isComplete: boolean) {
    const options = { namespace, isNamespaceCertain, assumeService, isNamed: true };
    this.#isComplete = isComplete;
    this.#parts = new Parts((documents, lines) => objectsOf(documents, lines, options));
  }

  /** What is around the Services of this manifest; the same object as long as nothing in it is another. */
  of(manifest: string): Around {
    const parts = this.#parts.of(manifest);
    const end = parts.findIndex(({ isEnd }) => isEnd);
    const objects = parts.slice(0, end === -1 ? undefined : end + 1).flatMap((part) => part.objects);
    if (this.#last !== undefined && areSame(objects, this.#last.objects)) return this.#last.around;
    const files = [{ sets: ITS_OWN_SET, objects }];
    const isComplete = this.#isComplete;
    const known = knownNeeds(isComplete, files);
    const inventory = new RunInventory({ isComplete, known, files, given: [], removed: [] });
    const around = { inventory, views: inventory.viewsOf(ITS_OWN_SET), known };
    this.#last = { objects, around };
    return around;
  }
}

type Options = Parameters<typeof objectsInDocument>[2];

function objectsOf(documents: Iterable<TextDocument>, lines: Lines, options: Options): PartObjects {
  const objects: FoundObject[] = [];
  for (const document of documents) {
    for (const found of objectsInDocument(document, lines, options)) if ("object" in found) objects.push(found.object);
    if (isBrokenTemplate(document, lines)) return { objects, isEnd: true };
  }
  return { objects, isEnd: false };
}

function areSame(some: readonly FoundObject[], others: readonly FoundObject[]): boolean {
  return (
    some.length === others.length &&
    some.every((object, index) => object === others[index] || equalJson(object, others[index]))
  );
}
