/**
 * The text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own.
 * @param first what the first line starts with
 * @param rest what the other lines start with
 */
export function wrapText(text: string, width: number, first = "", rest = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
