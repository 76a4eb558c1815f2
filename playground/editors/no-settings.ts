/** No text of the page is a settings file: nothing of the options of the command line is told. */
export function settingsExpected(): undefined {
  return undefined;
}

/** No help, either. */
export function settingsPage(): undefined {
  return undefined;
}
