/** What an editor shows about a text, for the language server and the playground alike. */
export {};
