/** One step of a path: a field of an object, an entry of a map, or an item of a list. */
export type Segment =
  | { readonly kind: "child"; readonly name: string }
  | { readonly kind: "key"; readonly name: string }
  | { readonly kind: "index"; readonly index: number };

/**
 * The location of a value in an object. Immutable; built step by step, and converted to text only when printed.
 * The root path is empty; `Path.root.child("spec")` prints as `spec`.
 */
export class Path {
  static readonly root: Path = new Path(undefined, undefined, false);

  readonly parent: Path | undefined;
  /**
   * The name or the position that leads here from the parent; undefined for the root. Not a {@link Segment}: there are
   * very many paths, and each step should be one object only.
   */
  readonly step: string | number | undefined;
  readonly isKey: boolean;

  private constructor(parent: Path | undefined, step: string | number | undefined, isKey: boolean) {
    this.parent = parent;
    this.step = step;
    this.isKey = isKey;
  }

  /** The path of these keys: names of fields and positions in lists. @param base the path that they start from */
  static of(keys: readonly (string | number)[], base: Path = Path.root): Path {
    return keys.reduce<Path>((path, key) => (typeof key === "number" ? path.index(key) : path.child(key)), base);
  }

  /** The field `name` of the object at this path. */
  child(name: string): Path {
    return new Path(this, name, false);
  }

  /** The entry `name` of the map at this path, printed in brackets: `metadata.annotations[example.com/a]`. */
  key(name: string): Path {
    return new Path(this, name, true);
  }

  /** The item `index` (from 0) of the list at this path. */
  index(index: number): Path {
    return new Path(this, index, false);
  }

  /** The step that leads here from the parent; undefined for the root. */
  get segment(): Segment | undefined {
    const { step, isKey } = this;
    if (step === undefined) return undefined;
    return typeof step === "number" ? { kind: "index", index: step } : { kind: isKey ? "key" : "child", name: step };
  }

  /** The steps from the root to here. */
  segments(): readonly Segment[] {
    const steps: Segment[] = [];
    // Without recursion: a path is as long as the object is deep.
    for (let at = this.parent, step = this.segment; step !== undefined; step = at?.segment, at = at?.parent)
      steps.push(step);
    return steps.reverse();
  }

  /** The steps as property names and list positions: they lead to the value in a plain object. */
  keys(): readonly (string | number)[] {
    const keys: (string | number)[] = [];
    for (let at = this.parent, step = this.step; step !== undefined; step = at?.step, at = at?.parent) keys.push(step);
    return keys.reverse();
  }

  /** Kubernetes' dotted form: `spec.ports[0].nodePort`. The root prints as "". */
  toString(): string {
    let text = "";
    for (const step of this.segments()) {
      if (step.kind === "child") text += text === "" ? step.name : `.${step.name}`;
      else if (step.kind === "key") text += `[${step.name}]`;
      else text += `[${step.index}]`;
    }
    return text;
  }

  /** The JSON pointer of RFC 6901: `/spec/ports/0/nodePort`. The root prints as "". */
  toPointer(): string {
    return pointerOf(this.keys());
  }
}

/** The JSON pointer of RFC 6901 for property names and list positions: `/spec/ports/0`; "" for none. */
export function pointerOf(keys: readonly (string | number)[]): string {
  let text = "";
  for (const key of keys) text += typeof key === "number" ? `/${key}` : `/${escapePointer(key)}`;
  return text;
}

/** One step of a JSON pointer, escaped as RFC 6901 requires. */
export function escapePointer(step: string): string {
  // The test first: almost no name needs escaping, and this runs for every value that the server allocates.
  return step.includes("~") || step.includes("/") ? step.replaceAll("~", "~0").replaceAll("/", "~1") : step;
}

/** The name that a step of a JSON pointer stands for. */
export function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
