import { nearestWord } from "../../field/index.ts";
import { placeholderIn } from "../../service/messages/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { compileGlob, type TextPredicate } from "../match/index.ts";
import { accepts, type AnnotationReader, expectation, type ValueKind } from "./kit/index.ts";
import { READERS } from "./readers/index.ts";

/** An annotation that its reader does not read, or whose value it cannot read. */
export interface AnnotationFault {
  readonly is: "value" | "misspelt" | "unknown" | "elsewhere" | "replaced";
  readonly key: string;
  readonly found: string;
  /** The reader's name. */
  readonly reader: string;
  /**
   * `value`: what the reader expects; `misspelt`: the key that was probably meant; `unknown`: the keys that it reads;
   * `elsewhere`: the objects that it belongs to; `replaced`: the key that it reads instead.
   */
  readonly wanted: string;
}

/** A misspelt name differs from the right one in at most this many letters. */
const SLIPS = 2;

interface CompiledReader {
  readonly reader: AnnotationReader;
  readonly kinds: ReadonlyMap<string, ValueKind>;
  readonly patterns: readonly { readonly matches: TextPredicate; readonly kind: ValueKind }[];
}

let readersByDomain: ReadonlyMap<string, readonly CompiledReader[]> | undefined;

/** The faults of the Service's annotations, in the order of the annotations. */
export function annotationFaults(service: Service): readonly AnnotationFault[] {
  return Object.entries(service.metadata.annotations ?? {}).flatMap(
    ([key, found]) => faultOf(key, found, service) ?? [],
  );
}

function faultOf(key: string, found: string, service: Service): AnnotationFault | undefined {
  const slash = key.indexOf("/");
  const [domain, name] = [key.slice(0, slash), key.slice(slash + 1)];
  if (slash < 0) return undefined;
  // Most Services have no annotation that a controller reads.
  readersByDomain ??= byDomain(READERS.map(compile));
  const all = readersByDomain.get(domain);
  if (all === undefined) return undefined;
  const readers = all.filter(({ reader }) => isReadBy(reader, service));
  const annotation = { key, name, found };
  if (all.some((one) => kindOf(one, name) !== undefined)) {
    return valueFault(readers, annotation) ?? replacedFault(readers, annotation, service);
  }
  return elsewhereFault(readers, annotation) ?? nameFault(readers, annotation, domain);
}

interface Annotation {
  readonly key: string;
  readonly name: string;
  readonly found: string;
}

function valueFault(readers: readonly CompiledReader[], { key, name, found }: Annotation): AnnotationFault | undefined {
  // Something fills it in before it is applied.
  if (placeholderIn(found) !== undefined) return undefined;
  for (const one of readers) {
    const kind = kindOf(one, name);
    if (kind !== undefined && !accepts(kind, found)) {
      return { is: "value", key, found, reader: one.reader.name, wanted: expectation(kind) };
    }
  }
  return undefined;
}

/** An older annotation beside the newer one that its reader reads instead, with another value. */
function replacedFault(
  readers: readonly CompiledReader[],
  { key, name, found }: Annotation,
  { metadata: { annotations = {} } }: Service,
): AnnotationFault | undefined {
  for (const { reader } of readers) {
    const newer = reader.replacedBy?.[name];
    const value = newer === undefined ? undefined : annotations[newer];
    if (newer !== undefined && value !== undefined && value !== found) {
      return { is: "replaced", key, found, reader: reader.name, wanted: newer };
    }
  }
  return undefined;
}

function elsewhereFault(
  readers: readonly CompiledReader[],
  { key, name, found }: Annotation,
): AnnotationFault | undefined {
  for (const { reader } of readers) {
    const objects = reader.elsewhere?.[name];
    if (objects !== undefined) return { is: "elsewhere", key, found, reader: reader.name, wanted: objects };
  }
  return undefined;
}

function nameFault(
  readers: readonly CompiledReader[],
  { key, name, found }: Annotation,
  domain: string,
): AnnotationFault | undefined {
  for (const { reader, kinds } of readers) {
    const meant = sharesStart(reader, name) ? nearestWord(name, kinds.keys(), SLIPS) : undefined;
    const about = { key, found, reader: reader.name };
    if (meant !== undefined) return { is: "misspelt", ...about, wanted: `${domain}/${meant}` };
    if (reader.isComplete === true) return { is: "unknown", ...about, wanted: Array.from(kinds.keys()).join(", ") };
  }
  return undefined;
}

/** Whether the reader reads annotations of this Service. */
function isReadBy({ types = ["LoadBalancer"], classes }: AnnotationReader, { spec }: Service): boolean {
  const { type = "ClusterIP", loadBalancerClass } = spec;
  const isOfType = types === "all" || types.some((one) => one === type);
  return (
    isOfType && (classes === undefined || (loadBalancerClass !== undefined && classes.includes(loadBalancerClass)))
  );
}

/** Whether a name may be one of the reader's: in a domain that several share, its first word must be the reader's. */
function sharesStart({ start = "" }: AnnotationReader, name: string): boolean {
  const [word] = start.split("-");
  return name.toLowerCase().startsWith(word === undefined || word === "" ? "" : `${word}-`);
}

function kindOf({ kinds, patterns }: CompiledReader, name: string): ValueKind | undefined {
  return kinds.get(name) ?? patterns.find(({ matches }) => matches(name))?.kind;
}

function compile(reader: AnnotationReader): CompiledReader {
  const { start = "", names, patterns = {} } = reader;
  return {
    reader,
    kinds: new Map(Object.entries(names).map(([name, kind]) => [start + name, kind])),
    patterns: Object.entries(patterns).map(([glob, kind]) => ({ matches: compileGlob(glob), kind })),
  };
}

function byDomain(readers: readonly CompiledReader[]): Map<string, CompiledReader[]> {
  const result = new Map<string, CompiledReader[]>();
  for (const one of readers) {
    for (const domain of one.reader.domains) {
      const others = result.get(domain);
      if (others === undefined) result.set(domain, [one]);
      else others.push(one);
    }
  }
  return result;
}
