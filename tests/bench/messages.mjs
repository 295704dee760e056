// Writes the messages that the load is drawn from: made of the content's own examples, titles and words, varied as
// people vary them, and sorted by what the product really does with each.
//
// usage: node messages.mjs --binary F [--count 3010] [--seed 1] [--content DIR] [--out FILE]
// One line a message: «rule|search|unknown<TAB>site<TAB>text». Of every site two fifths are answered by a rule,
// two fifths by search or a model, and one fifth is not understood or asked back; a miss never follows a miss, so
// that a dialogue that takes line after line doesn't end with a person. The same content and seed give the same
// file.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SITES = ['austrheim', 'fedje', 'gulen', 'masfjorden', 'modalen', 'osteroy', 'vaksdal'];
const PATTERN = ['rule', 'search', 'unknown', 'rule', 'search'];
const CANDIDATES_A_ROUND = 4_000;
const ROUNDS_MAX = 60;
const VARIANTS_OF_ONE_MAX = 24; // or a few phrases that happen to fit would fill a whole label

/** Small and repeatable: mulberry32. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const unquoted = (item) => item.trim().replace(/^(["'])(.*)\1$/, '$2');

/** The items of a YAML flow list: «[a, "b, c"]» without its brackets. */
const flowItems = (inside) => [...inside.matchAll(/"[^"]*"|'[^']*'|[^,]+/g)].map((found) => unquoted(found[0]))
  .filter(Boolean);

/** Every example and synonym of an article's rules, in whichever way the list is written. */
function phrasesOf(yaml) {
  const phrases = [];
  for (const found of yaml.matchAll(/^ *(?:examples|synonyms): *\[(.*)\] *$/gm)) phrases.push(...flowItems(found[1]));
  for (const found of yaml.matchAll(/^examples: *\n((?: +- .*\n)+)/gm)) {
    phrases.push(...found[1].trim().split('\n').map((line) => unquoted(line.replace(/^ *- /, ''))));
  }
  return phrases;
}

function titlesOf(markdown) {
  return [...markdown.matchAll(/^(?:title|topic): *\{(.*)\} *$/gm)].flatMap((found) =>
    [...found[1].matchAll(/(?:nn|nb|en): *("[^"]*"|[^,}]+)/g)].map((each) => unquoted(each[1]).replace(/\?$/, '')));
}

/** What the short answers are about, a few words at a time: search finds them, rules seldom do. */
function fragmentsOf(markdown) {
  const text = markdown.split(/^---$/m).slice(2).join(' ').replace(/\{\{[^}]*\}\}/g, ' ').replace(/^#.*$/gm, ' ');
  const words = text.toLowerCase().split(/[^\p{L}\d-]+/u).filter((word) => word.length > 2);
  const fragments = [];
  for (let at = 0; at + 4 < words.length; at += 3) fragments.push(words.slice(at, at + 2 + (at % 3)).join(' '));
  return fragments;
}

function readContent(folder) {
  const files = (part, suffix) => readdirSync(path.join(folder, part)).filter((name) => name.endsWith(suffix)).sort()
    .map((name) => readFileSync(path.join(folder, part, name), 'utf8'));
  const intents = files('intents', '.yaml').filter((yaml) => /^article:/m.test(yaml));
  const articles = files('articles', '.md');
  return { phrases: intents.flatMap(phrasesOf).concat(articles.flatMap(titlesOf)),
    fragments: articles.flatMap(fragmentsOf) };
}

const BEFORE = ['hei, ', 'hei! ', 'god dag, ', 'eg lurer på ', 'jeg lurer på ', 'veit du ', 'kan du seie meg ', 'du, ',
  'eit spørsmål: ', 'lurte på dette: ', 'ka med '];
const AFTER = ['?', ' ?', ' takk', ' på laurdag', ' i år', ' no', ' neste veke', ' hos oss', ' til sommaren',
  ' i romjula', ' for mor mi', ' på hytta', '...', ' i 2027', ' for oss som nyleg har flytta'];
const PLACES = ['', '', ' i Gulen', ' på Fedje', ' på Osterøy', ' i Vaksdal', ' i Modalen', ' i Masfjorden',
  ' i Austrheim', ' i Lonevåg', ' på Dalekvam', ' på Mastrevik', ' i Eivindvik'];
const AWAY = [
  'fotballbane', 'gravplass', 'skjenkeløyve', 'parkering', 'hundehald', 'fiskekort', 'vigsel', 'kulturskule',
  'leige hall', 'ordførar', 'symjehall', 'motorferdsel', 'konsesjon', 'viltnemnd', 'reguleringsplan',
  'nabovarsel', 'eigedomsskatt', 'startlån', 'støttekontakt', 'fysioterapi', 'elbil lading', 'jakt', 'bryllaup',
  'havneavgift', 'drosjeløyve', 'loppemarknad', 'kyrkjegard', 'bustadfelt', 'breiband', 'bossbåt', 'gatelys',
  'rundkøyring'
];

/** One variation of a phrase, as somebody in a hurry would write it. */
function vary(phrase, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  let text = phrase;
  const words = text.split(' ');
  const kind = random();
  if (kind < 0.25) text = misspell(words, random).join(' ');
  else if (kind < 0.4 && words.length > 2) text = shuffled(words, random).join(' ');
  else if (kind < 0.5 && words.length > 2) text = words.filter(() => random() > 0.3).join(' ') || phrase;
  if (random() < 0.3) text = pick(BEFORE) + text;
  text += pick(PLACES);
  if (random() < 0.4) text += pick(AFTER);
  return text.replace(/\s+/g, ' ').trim();
}

function misspell(words, random) {
  const at = Math.floor(random() * words.length);
  const word = words[at];
  if (word.length < 5) return words;
  const letter = 1 + Math.floor(random() * (word.length - 2));
  const faults = [word.slice(0, letter) + word.slice(letter + 1),
    word.slice(0, letter) + word[letter + 1] + word[letter] + word.slice(letter + 2),
    word.slice(0, letter) + word[letter] + word.slice(letter)];
  return words.with ? words.with(at, faults[Math.floor(random() * 3)])
    : [...words.slice(0, at), faults[Math.floor(random() * 3)], ...words.slice(at + 1)];
}

function shuffled(words, random) {
  const list = [...words];
  for (let i = list.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function candidate(content, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const from = random();
  let base = pick(content.phrases);
  if (from < 0.35) base = pick(content.fragments);
  else if (from < 0.45) base = `${pick(AWAY)} ${pick(AWAY)}`;
  return { base, site: pick(SITES), text: vary(base, random) };
}

/** What the product does with each, by its own word. */
function ask(binary, candidates) {
  const input = candidates.map(({ site, text }) => JSON.stringify({ site, text })).join('\n');
  const run = spawnSync(binary, ['ask', '--jsonl'], { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`${binary} ask --jsonl ended with ${run.status}: ${run.stderr}`);
  return run.stdout.trim().split('\n').map((line) => JSON.parse(line));
}

function labelOf(answer) {
  if (answer.masked || answer.safety) return null;
  if (answer.outcome === 'clarify') return 'unknown';
  if (answer.outcome !== 'answer') return null; // a person, a greeting: not a part of the mix
  if (answer.because.how === 'rule' || answer.because.how === 'example') return 'rule';
  return answer.because.how === 'search' || answer.because.how === 'model' ? 'search' : null;
}

/** @returns {{label, site, text}[]} in the order in which a dialogue takes them. */
export function makeMessages({ binary, count = 3010, seed = 1, content = path.join(root, 'config/content') }) {
  const random = randomFrom(seed);
  const read = readContent(content);
  const cycles = Math.ceil(count / (SITES.length * PATTERN.length));
  const wanted = { rule: 2 * cycles, search: 2 * cycles, unknown: cycles };
  const found = Object.fromEntries(SITES.map((site) => [site, { rule: [], search: [], unknown: [] }]));
  const seen = new Set();
  const uses = new Map();
  const full = () => SITES.every((site) => Object.keys(wanted).every((label) =>
    found[site][label].length >= wanted[label]));
  for (let round = 0; round < ROUNDS_MAX && !full(); ++round) {
    const candidates = Array.from({ length: CANDIDATES_A_ROUND }, () => candidate(read, random))
      .filter(({ text }) => text && !seen.has(text) && seen.add(text));
    ask(binary, candidates).forEach((answer, i) => {
      const { base, site, text } = candidates[i];
      const label = labelOf(answer);
      const list = label && found[site][label];
      const used = uses.get(base + label) ?? 0;
      if (!list || list.length >= wanted[label] || used >= VARIANTS_OF_ONE_MAX) return;
      uses.set(base + label, used + 1);
      list.push({ label, site, text });
    });
  }
  if (!full()) throw new Error(`the content gives too few messages: ${JSON.stringify(SITES.map((site) =>
    Object.fromEntries(Object.keys(wanted).map((label) => [label, found[site][label].length]))))}`);
  return SITES.flatMap((site) => Array.from({ length: cycles }, () => PATTERN.map((label) =>
    found[site][label].shift())).flat());
}

export function writeMessages(file, options) {
  const messages = makeMessages(options);
  writeFileSync(file, messages.map(({ label, site, text }) => `${label}\t${site}\t${text}\n`).join(''));
  return messages.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options } = parseArgs({ options: { binary: { type: 'string' }, count: { type: 'string' },
    seed: { type: 'string' }, content: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } } });
  if (options.help || !options.binary) {
    console.error('usage: node messages.mjs --binary F [--count 3010] [--seed 1] [--content DIR] [--out FILE]');
    process.exit(options.help ? 0 : 2);
  }
  const count = writeMessages(options.out ?? '/dev/stdout', { binary: path.resolve(options.binary),
    count: Number(options.count ?? 3010), seed: Number(options.seed ?? 1),
    ...(options.content && { content: options.content }) });
  console.error(`${count} messages`);
}
