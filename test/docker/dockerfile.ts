/** One instruction of a Dockerfile, with its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** One stage: what stands between a `FROM` and the next. */
export interface Stage {
  readonly image: string;
  /** The name that other stages copy from it by; its number where it has none. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/**
 * The stages of a Dockerfile.
 * @throws if something stands before the first `FROM`.
 */
export function stagesOf(dockerfile: string): readonly Stage[] {
  const stages: { image: string; name: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(dockerfile)) {
    if (instruction.name === "FROM") {
      const words = wordsOf(instruction).filter((word) => !word.startsWith("--"));
      const [image = "", , name = String(stages.length)] = words;
      stages.push({ image, name, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${instruction.name} stands before the first FROM`);
    stage.instructions.push(instruction);
  }
  return stages;
}

/** The words of an instruction, between blanks. */
export function wordsOf({ text }: Instruction): readonly string[] {
  return text.split(/\s+/);
}

/** The words of an instruction in its exec form, a JSON list. */
export function commandOf({ name, text }: Instruction): readonly string[] {
  const words: unknown = JSON.parse(text);
  if (!Array.isArray(words)) throw new Error(`${name} is not in the exec form: ${text}`);
  return words.map(String);
}

function instructionsOf(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n");
  return lines.flatMap((line) => {
    const [, name, text] = /^([A-Z]+)\s+(.+)$/.exec(line.trim()) ?? [];
    return name === undefined || text === undefined ? [] : [{ name, text: text.trim() }];
  });
}
