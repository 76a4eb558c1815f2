import type { Location, Position } from "vscode-languageserver/node";
import { placesOf, targetAt } from "../definition/index.ts";
import type { TextObjects } from "../../check/inventory/index.ts";
import { currentText, type OpenText } from "../projects/index.ts";
import { type Analysed, uriOf } from "../session/index.ts";
import { closedDocument, rangeOf } from "../show/index.ts";

/**
 * Where what is named at a position is defined.
 * @param openText the text of a file that is open in the editor
 */
export async function definitionsAt(
  { document, file, state, analysis }: Analysed,
  position: Position,
  openText: OpenText,
): Promise<Location[]> {
  const { namespace, isNamespaceCertain, assumeService } = state.settings.request.settings;
  const options = { namespace, isNamespaceCertain, assumeService, isNamed: false };
  const target = targetAt(analysis.text, document.offsetAt(position), options);
  if (target === undefined) return [];
  // Reads the files that have not been read yet, with pauses.
  await state.index.collect(state.inputs);
  const files = new Set([file, ...state.inputs.flatMap((input) => (input.type === "file" ? [input.file] : []))]);
  const places = placesOf(target, {
    files: contentsOf(files, state.index.contentOf.bind(state.index)),
    textOf: (path) => currentText(path, openText),
    options,
  });
  return places.map((place) => {
    const uri = place.file === file ? document.uri : uriOf(place.file);
    return { uri, range: rangeOf(closedDocument(uri, place.text), place) };
  });
}

function* contentsOf(
  files: Iterable<string>,
  contentOf: (file: string) => TextObjects | undefined,
): Generator<readonly [string, TextObjects]> {
  for (const file of files) {
    const content = contentOf(file);
    if (content !== undefined) yield [file, content];
  }
}
