import { helpLink } from "../../examine/model/index.ts";
import { lazily } from "../../field/index.ts";
import { type AnnotationReader, expectation, type ValueKind } from "../../policy/annotations/kit/index.ts";
import { READERS } from "../../policy/annotations/readers/index.ts";
import { EXEMPT_ANNOTATION_PREFIX } from "../../policy/exemptions/index.ts";
import { compileGlob } from "../../policy/match/index.ts";
import type { PolicySet } from "../../policy/model/index.ts";
import { findRule } from "../../policy/rules/index.ts";
import { entryOf } from "./entry-of.ts";
import { bullets, code, type Expected, type FieldWord, paragraphs, RANKS, type Word } from "./word.ts";

/** An annotation that a controller reads, with the kind of its value. */
interface ReadAnnotation {
  readonly reader: AnnotationReader;
  readonly kind: ValueKind;
}

/** All whole keys that controllers read, by key. */
const annotationsByKey = lazily(() => {
  const byKey = new Map<string, ReadAnnotation[]>();
  for (const reader of READERS) {
    for (const domain of reader.domains) {
      for (const [name, kind] of Object.entries(reader.names)) {
        const key = `${domain}/${reader.start ?? ""}${name}`;
        byKey.set(key, [...(byKey.get(key) ?? []), { reader, kind }]);
      }
    }
  }
  return byKey;
});

/** Who reads an annotation; those of a pattern among them. */
function readersOf(key: string): readonly ReadAnnotation[] {
  const known = annotationsByKey().get(key);
  if (known !== undefined) return known;
  const slash = key.indexOf("/");
  const [domain, name] = [key.slice(0, slash), key.slice(slash + 1)];
  return READERS.filter(({ domains }) => domains.includes(domain)).flatMap((reader) => {
    const pattern = Object.entries(reader.patterns ?? {}).find(([glob]) => compileGlob(glob)(name));
    return pattern === undefined ? [] : [{ reader, kind: pattern[1] }];
  });
}

/** The help for an annotation: who reads it, and which values; undefined if nobody is known to. */
export function annotationPage(key: string): string | undefined {
  if (key.startsWith(EXEMPT_ANNOTATION_PREFIX)) return exemptionPage(key.slice(EXEMPT_ANNOTATION_PREFIX.length));
  const readers = readersOf(key);
  if (readers.length === 0) return elsewherePage(key);
  return paragraphs(code(key), bullets(readers.flatMap((one) => readerLines(key, one))));
}

function readerLines(key: string, { reader, kind }: ReadAnnotation): readonly string[] {
  const { types = ["LoadBalancer"], classes } = reader;
  const which = types === "all" ? "Services of every type" : `Services of type ${types.join(", ")}`;
  const ofClass = classes === undefined ? "" : ` with the class ${classes.map(code).join(", ")}`;
  const newer = entryOf(reader.replacedBy, key.slice(key.indexOf("/") + 1));
  return [
    `read by ${reader.name}, of ${which}${ofClass}`,
    `values: ${expectation(kind)}`,
    ...(newer === undefined ? [] : [`replaced by ${code(newer)}: ignored beside it`]),
    `source: ${reader.source}`,
  ];
}

function elsewherePage(key: string): string | undefined {
  const slash = key.indexOf("/");
  const [domain, name] = [key.slice(0, slash), key.slice(slash + 1)];
  for (const { name: reader, domains, elsewhere } of READERS) {
    const where = domains.includes(domain) ? entryOf(elsewhere, name) : undefined;
    if (where !== undefined)
      return paragraphs(code(key), `${reader} reads this annotation of ${where}, not of Services.`);
  }
  return undefined;
}

function exemptionPage(id: string): string {
  const rule = findRule(id);
  const title = rule === undefined ? undefined : `[${rule.title}](${helpLink(`policy/${id}`)})`;
  return paragraphs(
    code(`${EXEMPT_ANNOTATION_PREFIX}${id}`),
    `Exempts the Service from the rule ${code(id)}, where the policy allows it (${code("allowAnnotation")}).`,
    title,
    `The value is the reason, and the last day if there is one: ${code("REASON; expires YYYY-MM-DD")}.`,
  );
}

/** The annotations that may be of use to a Service of this type: those of other types come last. */
export function annotationWords(type: string, policies: PolicySet): readonly FieldWord[] {
  const read = [...annotationsByKey()].map(([key, readers]): FieldWord => {
    const isRead = readers.some(
      ({ reader: { types = ["LoadBalancer"] } }) => types === "all" || types.some((one) => one === type),
    );
    const [first] = readers;
    return {
      label: key,
      kind: "annotation",
      detail: first?.reader.name ?? "",
      takes: annotationExpected(key),
      rank: isRead ? RANKS.other : RANKS.elsewhere,
    };
  });
  return [...exemptionWords(policies), ...read];
}

function exemptionWords({ documents }: PolicySet): readonly FieldWord[] {
  const ids = documents.flatMap((policy) =>
    policy.kind === "ServicePolicy" && policy.spec.allowAnnotation ? policy.spec.rules.map(({ rule }) => rule) : [],
  );
  return [...new Set(ids)].map((id) => ({
    label: `${EXEMPT_ANNOTATION_PREFIX}${id}`,
    kind: "annotation",
    detail: "exempts the Service from the rule",
    takes: { type: "text", isText: true },
    rank: RANKS.usual,
  }));
}

/** What the value of an annotation is. */
export function annotationExpected(key: string): Expected {
  return { type: "text", isText: true, values: () => valuesOf(readersOf(key)) };
}

function valuesOf(readers: readonly ReadAnnotation[]): readonly Word[] {
  const values = readers.flatMap(({ kind }) => {
    if (kind.is === "word") return kind.words;
    return kind.is === "boolean" ? ["true", "false"] : [];
  });
  return [...new Set(values)].map((label, index) => ({ label, rank: RANKS.usual + index }));
}
