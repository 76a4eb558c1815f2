// The default theme with the fonts of the reader's system, and what is different here after it.
export { default } from "vitepress/theme-without-fonts";
import "./style.css";
