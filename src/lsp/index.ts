/** The language server: `fairlead lsp`. */
export {};
