import { isObject } from "../../field/index.ts";
import { type Lines, type TextDocument, type KeyPath } from "../../text/document/index.ts";
import { streamText } from "../../text/index.ts";
import { looksLikeManifest, type Manifest, manifestsOf, templateAction } from "../../examine/manifests/index.ts";
import { type FoundObject, foundObject } from "./found-object.ts";
import type { NamespaceOptions } from "../../examine/findings/index.ts";

/** How a text is read. */
export interface ReadingOptions extends NamespaceOptions {
  /** False for a file that was found in a folder: it may be a patch, a template, or no manifest. */
  readonly isNamed: boolean;
  /** Whether a document without a kind is a Service. */
  readonly assumeService: boolean;
}

/** An object of a text, with its place. */
export interface LocatedObject {
  readonly object: FoundObject;
  readonly document: TextDocument;
  readonly keys: KeyPath;
}

/** What cannot be read: the objects in it are not known. */
export type Gap =
  | { readonly type: "unreadable"; readonly line: number }
  /** A template or a patch, which is no object as it is. */
  | { readonly type: "template" | "patch" };

/** The objects of a text that an inventory knows, in their order, and what of it holds objects that cannot be known. */
export function* objectsIn(lines: Lines, options: ReadingOptions): Generator<LocatedObject | Gap> {
  for (const document of streamText(lines, { format: "auto" })) {
    yield* objectsInDocument(document, lines, options);
    if (isBrokenTemplate(document, lines)) return;
  }
}

/** Whether the document is a template that cannot be read: the documents after it are broken for the same reason. */
export function isBrokenTemplate({ problems, range }: TextDocument, { text }: Lines): boolean {
  return problems.length > 0 && templateAction(text.slice(range.start, range.end)) !== undefined;
}

/** The same of one document of a text. */
export function* objectsInDocument(
  document: TextDocument,
  lines: Lines,
  options: ReadingOptions,
): Generator<LocatedObject | Gap> {
  const [problem] = document.problems;
  if (problem === undefined) {
    for (const manifest of manifestsOf(document, options.assumeService)) yield* objectOf(manifest, document, options);
  } else if (isBrokenTemplate(document, lines)) yield { type: "template" };
  else if (options.isNamed || looksLikeManifest(lines.text))
    yield { type: "unreadable", line: problem.region.startLine };
}

function* objectOf(
  manifest: Manifest,
  document: TextDocument,
  options: ReadingOptions,
): Generator<LocatedObject | Gap> {
  switch (manifest.type) {
    case "template":
      yield { type: "template" };
      return;
    case "kind-missing":
    case "version-missing":
    case "bare-list": {
      const line = document.locate(manifest.keys, "value")?.startLine ?? 1;
      yield { type: "unreadable", line };
      return;
    }
    case "service":
    case "kind-unknown":
    case "other": {
      if (!options.isNamed && isObject(manifest.value) && Object.hasOwn(manifest.value, "$patch")) {
        yield { type: "patch" };
        return;
      }
      const value = manifest.type === "other" ? manifest.value : asService(manifest.value);
      const object = foundObject(value, options);
      if (object !== undefined) yield { object, document, keys: manifest.keys };
      return;
    }
    case "none":
  }
}

/** A Service of a ServiceList or of `--assume-service` need not say that it is one. */
function asService(value: unknown): unknown {
  return isObject(value) ? { ...value, apiVersion: "v1", kind: "Service" } : value;
}
