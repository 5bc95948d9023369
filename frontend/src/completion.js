// What can be finished where the caret is. Nothing here asks the site: a world's document (world.js) is all that is needed.

import { localCompletionSource } from "@codemirror/lang-python";

import { callsAround, namesAdded, nodeAt, textOf, whatIs } from "./python.js";
import { worldAt } from "./world.js";

const words = (text) => text.split(" ");

const KEYWORDS = words(
  "and as assert async await break class continue def del elif else except finally for from if import in is lambda not or pass raise return try while with yield None True False",
);
const BUILTINS = words(
  "abs all any bool dict enumerate filter float format getattr hasattr int isinstance len list map max min next print range repr reversed round set setattr sorted str sum super tuple type zip",
);
const PRESET = words(
  "F Q Value Case When Exists OuterRef Subquery Prefetch Window Count Sum Avg Min Max models functions datetime Decimal timezone",
);

const LOOKED_UP = new Set(words("filter exclude get Q When aget get_object_or_404 get_list_or_404"));
const WRITTEN = new Set(words("create update get_or_create update_or_create acreate aupdate aget_or_create aupdate_or_create"));
const NAMED = new Set(words("order_by values values_list only defer distinct latest earliest dates datetimes"));
const FOLLOWED = { select_related: "paths", prefetch_related: "attributes", Prefetch: "attributes" };

// Of a QuerySet's ninety methods, those that most chains are made of come first.
const COMMON = new Set(
  words("all filter exclude get first order_by values values_list annotate aggregate count exists create update select_related prefetch_related"),
);

const listed = (names, type, detail) => names.map((label) => ({ label, type, ...(detail && { detail }) }));

const stored = ([kind, to]) => (to ? `→ ${to}${kind === "many" ? ", many" : ""}` : kind);

const named = (found, fits = () => true) =>
  Object.entries(found)
    .filter(([, entry]) => fits(entry))
    .map(([label, entry]) => ({ label, type: "property", detail: stored(entry) }));

// Where a path such as ["books", "published"] leads from these models: { models } or { kind }, or null.
const follow = (world, models, path, table) => {
  let at = { models };
  for (const name of path) {
    if (at.kind) at = { kind: world.lookups[at.kind]?.[name] };
    else {
      const [kind, to] = at.models.map((model) => world.models[model]?.[table][name]).find(Boolean) ?? [];
      at = to ? { models: [to], kind: null, along: kind } : { kind };
    }
    if (!at.kind && !at.models) return null;
  }
  return at;
};

const lookups = (world, kind, all) =>
  Object.entries(world.lookups[kind] ?? world.lookups.Auto ?? {})
    .filter(([, makes]) => all || makes)
    .map(([label, makes]) => ({ label, type: "function", detail: makes ? `lookup, ${makes}` : "lookup", boost: -1 }));

// What may come next after a path. `want` says of what: { table, fits, all }, `all` for lookups besides transforms.
const next = (world, models, path, { table = "paths", fits, all }) => {
  const at = follow(world, models, path, table);
  if (!at) return [];
  if (at.kind) return table === "paths" && !fits ? lookups(world, at.kind, all) : [];
  const options = at.models.flatMap((model) => named(world.models[model]?.[table] ?? {}, fits));
  const own = [...new Map(options.map((option) => [option.label, option])).values()];
  return all && at.along ? [...own, ...lookups(world, at.along, true)] : own;
};

// The models that names inside the innermost of these calls are looked up on.
const modelsOf = (state, world, calls) => {
  const known = calls.map(({ call, list, name }) => {
    const callee = call.firstChild;
    const first = list.firstChild.nextSibling;
    const of = whatIs(state, world, /_or_404$/.test(name) ? first : callee.name === "MemberExpression" ? callee.firstChild : callee);
    return of && of.is !== "instance" ? of.model : null;
  });
  const found = known.filter(Boolean);
  const wanted = calls[0].name === "OuterRef" ? found[1] : found[0];
  return wanted ? [wanted] : Object.keys(world.models);
};

const isLink = ([, to]) => Boolean(to);
const isOne = ([kind]) => kind === "one";

// What a string in this call names, or null when it is only a string.
const inString = (world, { name, call }) => {
  if (FOLLOWED[name]) return { table: FOLLOWED[name], fits: name === "select_related" ? isOne : isLink };
  if (NAMED.has(name)) return {};
  const expression = /^[A-Z]/.test(name) && name !== "Value" && !world.models[name];
  return expression && call.firstChild.name !== "ParenthesizedExpression" ? {} : null;
};

// What a keyword of this call names, or null when it is any word.
const asKeyword = (world, { name, call }) => {
  if (LOOKED_UP.has(name)) return { all: true };
  const made = call.firstChild.name === "VariableName" && world.models[name];
  return WRITTEN.has(name) || made ? { fits: ([kind]) => kind !== "many" } : null;
};

const VALID = /^(?!\w*__)\w*$/;

// The end of a text such as "-books__pub": the path so far, and where the last name begins.
const pathBefore = (text, pos) => {
  const path = /[\w]*$/.exec(text)[0].split("__");
  const last = path.pop();
  return { path, from: pos - last.length, typed: Boolean(last || path.length) };
};

const stringAt = (node) => (node.name === "String" ? node : null);

const beginsArgument = (node) => {
  const before = node.name === "VariableName" ? node.prevSibling : node.name === "ArgList" ? node.childBefore(node.to) : node;
  return ["(", ","].includes(before?.name);
};

const finished = (from, options, valid = VALID) => (options.length ? { from, options, validFor: valid } : null);

const paths = (context, world) => {
  const { state, pos, explicit } = context;
  const calls = callsAround(state, pos);
  if (!calls.length) return null;
  const node = nodeAt(state, pos);
  const string = stringAt(node);
  const start = string ? string.from : state.doc.lineAt(pos).from;
  const { path, from, typed } = pathBefore(state.sliceDoc(start, pos), pos);
  if (!typed && !explicit) return null;
  const want = string ? inString(world, calls[0]) : beginsArgument(node) ? asKeyword(world, calls[0]) : null;
  if (!want) return null;
  const options = next(world, modelsOf(state, world, calls), path, want);
  if (path.length) return finished(from, options);
  const added = want.fits ? [] : listed(calls.flatMap(({ call }) => namesAdded(state, call)), "variable", "annotation");
  return finished(from, [...options, ...added, ...(string ? [] : plain(world, -2))]);
};

const isAsync = (name, names) => name.startsWith("a") && names.includes(name.slice(1));

const methods = (names) =>
  listed(names, "method").map((one) => ({ ...one, boost: COMMON.has(one.label) ? 1 : isAsync(one.label, names) ? -2 : 0 }));

const MEMBERS = {
  class: () => listed(["objects", "DoesNotExist", "MultipleObjectsReturned"], "property"),
  manager: (world) => methods(world.manager),
  rows: (world) => methods(world.queryset),
  instance: (world, model) => [...named(world.models[model].attributes), ...methods(world.instance).map((one) => ({ ...one, boost: one.boost - 1 }))],
};

const modules = { models: "django.db.models", functions: "django.db.models.functions", timezone: "django.utils.timezone", datetime: "datetime" };

const members = (context, world) => {
  const word = context.matchBefore(/\.\w*/);
  if (!word) return null;
  const { state } = context;
  let dot = nodeAt(state, word.from + 1);
  while (dot && dot.name !== "MemberExpression") dot = dot.parent;
  const object = dot?.firstChild;
  if (!object || object.to > word.from) return null;
  const what = whatIs(state, world, object);
  const options = what ? MEMBERS[what.is](world, what.model) : listed(world.modules[modules[textOf(state, object)]] ?? [], "variable");
  return finished(word.from + 1, options, /^\w*$/);
};

const imports = (context, world) => {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const [, from, taken, name] = /^\s*(?:from\s+([\w.]+)\s+import\s+\(?((?:\w+,\s*)*)|import\s+|from\s+)([\w.]*)$/.exec(before) ?? [];
  if (name === undefined) return null;
  const options = from ? listed(world.modules[from] ?? [], "variable") : listed(Object.keys(world.modules), "namespace");
  return finished(context.pos - name.length, options.filter(({ label }) => !words(taken ?? "").includes(`${label},`)), /^[\w.]*$/);
};

const plain = (world, boost = 0) =>
  [
    ...listed(Object.keys(world.models), "class", "model"),
    ...listed(PRESET, "variable"),
    ...listed(BUILTINS, "function"),
    ...listed(KEYWORDS, "keyword"),
  ].map((one) => ({ ...one, boost }));

const any = (context, world) => {
  const word = context.matchBefore(/\w+/);
  if (!word ? !context.explicit : /^\d/.test(word.text) || (word.text.length < 2 && !context.explicit)) return null;
  const local = localCompletionSource(context)?.options ?? [];
  const options = [...new Map([...plain(world), ...local].map((one) => [one.label, one])).values()];
  return finished(word ? word.from : context.pos, options, /^\w*$/);
};

const python = (address) => async (context) => {
  const world = await worldAt(address);
  const { name } = nodeAt(context.state, context.pos);
  if (name === "Comment") return null;
  return imports(context, world) ?? paths(context, world) ?? (name === "String" ? null : (members(context, world) ?? any(context, world)));
};

// Tags after {% and filters after |, where a tag or a variable is open.
const django = (address) => async (context) => {
  const world = await worldAt(address);
  const line = context.state.doc.lineAt(context.pos);
  const open = /\{([{%])([^{}%]*)$/.exec(line.text.slice(0, context.pos - line.from));
  const [, begins, name] = /^(\s*|.*\|\s*)(\w*)$/.exec(open?.[2]) ?? [];
  if (!open || name === undefined) return null;
  const options = begins.includes("|") ? listed(world.filters, "function") : open[1] === "%" ? listed(world.tags, "keyword") : [];
  return finished(context.pos - name.length, options, /^\w*$/);
};

export const sources = (language, address) => [{ python, django }[language](address)];
