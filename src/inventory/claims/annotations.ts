import type { ServiceEntry } from "../model/index.ts";

/** The value of the first of these annotations that a Service has: names of one annotation, newer before older ones. */
export function annotationOf({ annotations }: ServiceEntry, names: readonly string[]): string | undefined {
  const name = annotations && names.find((candidate) => Object.hasOwn(annotations, candidate));
  return name === undefined ? undefined : annotations?.[name];
}

/** The first of these annotations that a Service has. */
export function annotationNameOf({ annotations }: ServiceEntry, names: readonly string[]): string | undefined {
  return annotations && names.find((candidate) => Object.hasOwn(annotations, candidate));
}

/** The items of a comma-separated list, without blanks around them. */
export function itemsOf(list: string): readonly string[] {
  return list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
