// CodeMirror writes its rules into a <style> element, which the site's policy (style-src 'self') refuses; a sheet that is made
// here is allowed. Its layer is below that of the site's components, so woodshed.css has the last word on how an editor looks.

import { StyleModule } from "style-mod";

const sheet = new CSSStyleSheet();
const mounted = new Set();

StyleModule.mount = (root, modules) => {
  const known = mounted.size;
  for (const module of [modules].flat()) mounted.add(module);
  if (mounted.size > known) {
    sheet.replaceSync(`@layer base.codemirror {${[...mounted].map((module) => module.getRules()).join("\n")}}`);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};
