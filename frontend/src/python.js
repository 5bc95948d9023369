// What the Python around the caret is about, as far as its text says it.

import { syntaxTree } from "@codemirror/language";

const SAME = new Set(
  "all filter exclude order_by distinct reverse annotate alias select_related prefetch_related only defer using none union intersection difference select_for_update".split(" "),
);
const ONE = new Set("get first last earliest latest create get_object_or_404".split(" "));
const NAMING = new Set(["annotate", "alias", "aggregate", "values", "values_list"]);
const LOOPS = new Set(["ForStatement", "ArrayComprehensionExpression", "ComprehensionExpression", "SetComprehensionExpression", "DictionaryComprehensionExpression"]);
const DEEPEST = 30;

export const nodeAt = (state, pos, side = -1) => syntaxTree(state).resolveInner(pos, side);

export const textOf = (state, node) => state.sliceDoc(node.from, node.to);

export const calleeOf = (state, call) => {
  const callee = call.firstChild;
  const name = callee?.name === "MemberExpression" ? callee.lastChild : callee;
  return name && /^(VariableName|PropertyName)$/.test(name.name) ? textOf(state, name) : "";
};

// The calls whose brackets the place is between, the innermost first, each with the argument list.
export const callsAround = (state, pos) => {
  const calls = [];
  for (let node = nodeAt(state, pos); node; node = node.parent) {
    if (node.name !== "ArgList" || node.from >= pos || (node.lastChild.name === ")" && node.to <= pos)) continue;
    if (node.parent.name === "CallExpression") calls.push({ call: node.parent, list: node, name: calleeOf(state, node.parent) });
  }
  return calls;
};

// The nodes before the caret in which a name was given a value, the nearest first.
const bindings = (state, name, before) => {
  const found = [];
  syntaxTree(state).iterate({
    to: before,
    enter: ({ node }) => {
      const target = node.name === "AssignStatement" ? node.firstChild : LOOPS.has(node.name) ? node.getChild("VariableName", "for", "in") : null;
      if (target?.name === "VariableName" && textOf(state, target) === name) found.unshift(node);
    },
  });
  return found;
};

const oneOf = (what) => what && (what.is === "rows" || what.is === "manager" ? { is: "instance", model: what.model } : null);

// What an expression is: { is: "class" | "manager" | "rows" | "instance", model }, or null where nobody knows.
export const whatIs = (state, world, node, depth = 0) => {
  if (!node || depth > DEEPEST) return null;
  const inner = (one) => whatIs(state, world, one, depth + 1);
  switch (node.name) {
    case "ParenthesizedExpression":
      return inner(node.firstChild.nextSibling);
    case "VariableName":
      return variable(state, world, node, inner);
    case "MemberExpression":
      return member(state, world, node, inner);
    case "CallExpression":
      return called(state, world, node, inner);
    default:
      return null;
  }
};

const variable = (state, world, node, inner) => {
  const name = textOf(state, node);
  if (world.models[name]) return { is: "class", model: name };
  const [nearest] = bindings(state, name, node.from);
  if (!nearest) return null;
  if (nearest.name === "AssignStatement") return nearest.lastChild.from < node.from ? inner(nearest.lastChild) : null;
  const rows = nearest.getChild("in")?.nextSibling;
  return rows && (rows.to < node.from || nearest.name !== "ForStatement") ? oneOf(inner(rows)) : null;
};

const member = (state, world, node, inner) => {
  const of = inner(node.firstChild);
  if (!of) return null;
  if (node.lastChild.name === "]") return node.getChild(":") ? of : oneOf(of);
  const name = textOf(state, node.lastChild);
  if (of.is === "class") return name === "objects" ? { is: "manager", model: of.model } : null;
  const [kind, to] = (of.is === "instance" && world.models[of.model].attributes[name]) || [];
  return to ? { is: kind === "one" ? "instance" : "manager", model: to } : null;
};

const called = (state, world, node, inner) => {
  const name = calleeOf(state, node);
  if (node.firstChild.name === "VariableName") {
    const of = inner(name === "get_object_or_404" ? node.getChild("ArgList")?.firstChild.nextSibling : node.firstChild);
    return of?.is === "class" ? { is: "instance", model: of.model } : null;
  }
  const of = inner(node.firstChild.firstChild);
  if (of?.is !== "rows" && of?.is !== "manager") return null;
  if (SAME.has(name)) return { is: "rows", model: of.model };
  return ONE.has(name) ? { is: "instance", model: of.model } : null;
};

// The names that calls of the chain have added to its rows: annotate(sold=…).
export const namesAdded = (state, call) => {
  const names = [];
  for (let node = call; node; node = node.firstChild) {
    if (node.name !== "CallExpression" || !NAMING.has(calleeOf(state, node)) || node === call) continue;
    for (const assign of node.getChild("ArgList")?.getChildren("AssignOp") ?? []) {
      if (assign.prevSibling?.name === "VariableName") names.push(textOf(state, assign.prevSibling));
    }
  }
  return names;
};
