import type { Location, Position } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { placesOf, targetAt } from "../definition/index.ts";
import type { TextObjects } from "../../check/inventory/index.ts";
import { currentText } from "../projects/index.ts";
import { type Analysed, uriOf } from "../session/index.ts";
import { closedDocument, rangeOf } from "../show/index.ts";

/**
 * Where what is named at a position is defined.
 * @param openDocument the document of a file that is open in the editor
 */
export async function definitionsAt(
  { document, file, project, state, analysis }: Analysed,
  position: Position,
  openDocument: (file: string) => TextDocument | undefined,
): Promise<Location[]> {
  const { namespace, isNamespaceCertain, assumeService } = state.settings.request.settings;
  const options = { namespace, isNamespaceCertain, assumeService, isNamed: false };
  const target = targetAt(analysis.text, document.offsetAt(position), options);
  if (target === undefined) return [];
  // Reads the files that have not been read yet, with pauses.
  const inputs = project.inputsOf(state);
  await state.index.collect(inputs);
  const files = new Set([file, ...inputs.flatMap((input) => (input.type === "file" ? [input.file] : []))]);
  const places = placesOf(target, {
    files: contentsOf(files, state.index.contentOf.bind(state.index)),
    textOf: (path) => currentText(path, (open) => openDocument(open)?.getText()),
    options,
  });
  return places.map((place) => {
    const uri = place.file === file ? document.uri : (openDocument(place.file)?.uri ?? uriOf(place.file));
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
