import { asSent, type Manifest, manifestsOf } from "#src/examine/manifests/index.ts";
import { identityOf } from "#src/examine/before/index.ts";
import { ManifestDuplicates } from "#src/examine/places/index.ts";
import { isObject } from "#src/field/index.ts";
import { API_VERSION } from "#src/policy/schema/index.ts";
import type { Duplicate, TextDocument } from "#src/text/document/index.ts";
import { FILES, Parts } from "../session/index.ts";
import { metadataOf, namesOf, type PrintedLine, textOf } from "./told.ts";

/** A Service of the text, as it is sent to the API server. */
export interface SentService {
  readonly namespace: string;
  readonly name: string;
  readonly object: unknown;
  readonly duplicates: readonly Duplicate[];
}

/** What else a text has. */
type OtherPart =
  /** What kubectl cannot send. */
  | { readonly type: "refused"; readonly printed: readonly PrintedLine[] }
  /** What cannot be read: kubectl reads nothing behind it. */
  | { readonly type: "unreadable"; readonly message: string }
  /** An object of another kind, or a policy, or what is no object. */
  | { readonly type: "other"; readonly kind: string; readonly isPolicy: boolean };

type Unplaced = OtherPart | { readonly type: "service"; readonly service: Pick<SentService, "object" | "duplicates"> };

/** What a text is made of, in its order. */
export type SentPart = OtherPart | { readonly type: "service"; readonly service: SentService };

/** Finds what is sent of texts, of which one follows another. */
export class SentServices {
  readonly #parts = new Parts((documents) => [...documents].flatMap(partsOf));

  /** What the text is made of. @param namespace that of what names none */
  of(text: string, namespace: string): readonly SentPart[] {
    return this.#parts
      .of(text)
      .flat()
      .map((part) =>
        part.type === "service"
          ? { ...part, service: { ...part.service, ...identityOf(part.service.object, namespace) } }
          : part,
      );
  }
}

function partsOf(document: TextDocument): Unplaced[] {
  const [problem] = document.problems;
  if (problem !== undefined) return [{ type: "unreadable", message: problem.message }];
  const repeated = new ManifestDuplicates(document, false);
  return [...manifestsOf(document, false)].map((manifest) => {
    if (manifest.type !== "service") return otherPart(manifest, document);
    const object = asSent(manifest.value, document, false);
    const { apiVersion, kind } = isObject(object) ? object : {};
    // No client finds a URL for it.
    if (apiVersion !== "v1") return { type: "refused", printed: noMatch(object, String(kind), apiVersion) };
    return { type: "service", service: { object, duplicates: repeated.of(manifest.keys) } };
  });
}

function otherPart(manifest: Exclude<Manifest, { readonly type: "service" }>, { value }: TextDocument): Unplaced {
  switch (manifest.type) {
    case "kind-missing":
      return { type: "refused", printed: [unset("kind")] };
    case "version-missing":
      return { type: "refused", printed: [unset("apiVersion")] };
    case "kind-unknown":
      return { type: "refused", printed: noMatch(manifest.value, manifest.kind, "v1") };
    case "bare-list":
      return { type: "refused", printed: [invalid("invalid object to validate")] };
    case "other": {
      const { apiVersion, kind } = manifest.value;
      const [group] = API_VERSION.split("/");
      const isPolicy =
        String(apiVersion).startsWith(`${group ?? ""}/`) || /AdmissionPolicy(Binding)?$/.test(String(kind));
      return { type: "other", kind: String(kind), isPolicy };
    }
    case "template":
      return { type: "other", kind: "Template", isPolicy: false };
    case "none":
      return { type: "refused", printed: [nothing(value)] };
  }
}

/** What kubectl says of what is no object. */
function nothing(value: unknown): PrintedLine {
  if (!isObject(value)) return invalid("invalid object to validate");
  const missing = ["apiVersion", "kind"].filter((name) => typeof value[name] !== "string" || value[name] === "");
  return unset(...missing);
}

function unset(...names: readonly string[]): PrintedLine {
  const texts = names.map((name) => `${name} not set`).join(", ");
  return invalid(names.length === 1 ? texts : `[${texts}]`);
}

function invalid(text: string): PrintedLine {
  return {
    text: `error: error validating "${FILES.manifest}": error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`,
  };
}

function noMatch(object: unknown, kind: string, version: unknown): readonly PrintedLine[] {
  const { name } = namesOf(object);
  const namespace = textOf(metadataOf(object)["namespace"]);
  return [
    {
      text: `error: resource mapping not found for name: "${name}" namespace: "${namespace}" from "${FILES.manifest}": no matches for kind "${kind}" in version "${String(version)}"`,
    },
    { text: "ensure CRDs are installed first" },
  ];
}
