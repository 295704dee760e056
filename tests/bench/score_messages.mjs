// Scores how messages are understood: asks `svarsentral ask --jsonl` and compares with what the file says.
//
// The file has the columns id, text, lang, kind, site, outcome, topics, municipality, must_not, note,
// tab-separated, one message a line. `outcome`: answer, answer_one_of, answer_or_handoff, answer_or_clarify, clarify,
// clarify_municipality, handoff, smalltalk, offtopic, language, privacy (something must be masked), safety_<kind>.
// `topics`: any of these.
// `must_not`: answer, safety, privacy (nothing may be masked), store_plain (must be masked), topic:<id>.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const usage = `usage: tests/bench/messages --file F [--build DIR] [--binary F] [--content DIR] [--now TIME]
       [--indirect REGEXP] [--goals] [--help]
Scores \`ask --jsonl\` on a file of messages; JSON with the shares and every miss.
--content: the folder of content (default config/content). --indirect: which notes mark indirect safety wording.
--goals: exit code 1 when a goal is missed. Else 0; 2 for misuse.`;
const GOALS = { first: 0.88, top3: 0.95, confident_wrong: 0.04, safety_clear: 1, safety_indirect: 0.95, privacy: 1 };

function misuse(what) {
  console.error(`${what}\n\n${usage}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({ options: { file: { type: 'string' }, build: { type: 'string' }, binary: { type: 'string' },
      content: { type: 'string', default: path.join(root, 'config/content') },
      now: { type: 'string', default: '2026-11-24T10:00:00+01:00' },
      indirect: { type: 'string', default: 'indirekte|tredjeperson|indirect|third' },
      goals: { type: 'boolean', default: false }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    return misuse(error.message);
  }
}

export function binaryOf(options, name = 'svarsentral') {
  if (options.binary) return path.resolve(options.binary);
  const builds = options.build ? [options.build] : ['build/release', 'build/check'];
  const found = builds.map((build) => path.resolve(root, build, name)).find(existsSync);
  if (!found) misuse(`${name} is not built in ${builds.join(' or ')}: cmake --build --preset release`);
  return found;
}

const list = (cell) => (cell ?? '').split(',').map((one) => one.trim()).filter(Boolean);

function readMessages(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
  const names = head.split('\t');
  if (!names.includes('text') || !names.includes('outcome')) misuse(`${file}: the first line must name the columns`);
  return lines.map((line) => {
    const cells = line.split('\t');
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
    return { ...row, topics: list(row.topics), must_not: list(row.must_not) };
  });
}

function ask(binary, options, rows) {
  const input = rows.map((row) => JSON.stringify({ site: row.site, text: row.text, now: options.now })).join('\n');
  const run = spawnSync(binary, ['ask', '--jsonl', '--content', options.content],
    { input, encoding: 'utf8', maxBuffer: 1 << 29 });
  const lines = (run.stdout ?? '').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const all = lines.length === rows.length;
  if (!all) misuse(`ask answered ${lines.length} of ${rows.length} lines: ${run.stderr ?? run.error}`);
  return lines;
}

/** The articles in the order the citizen meets them. */
function offered(answer) {
  const choices = answer.choices.filter((id) => id.includes('.'));
  return [...new Set([...answer.topics, ...choices])];
}

function outcomeFits(row, answer) {
  const kinds = { answer: ['answer'], answer_one_of: ['answer', 'clarify'], answer_or_handoff: ['answer', 'handoff'],
    answer_or_clarify: ['answer', 'clarify'], clarify: ['clarify'], clarify_municipality: ['clarify_municipality'],
    handoff: ['handoff'], smalltalk: ['smalltalk'], offtopic: ['offtopic'], language: ['language'] }[row.outcome];
  if (row.outcome.startsWith('safety_')) return answer.outcome === 'safety';
  if (row.outcome === 'privacy') return answer.masked !== null;
  return kinds ? kinds.includes(answer.outcome) : true;
}

function forbidden(row, answer) {
  const all = offered(answer);
  return row.must_not.filter((what) => {
    if (what === 'answer') return answer.outcome === 'answer';
    if (what === 'safety') return answer.outcome === 'safety' || answer.safety !== null;
    if (what === 'privacy') return answer.masked !== null;
    if (what === 'store_plain') return answer.masked === null;
    return what.startsWith('topic:') && answer.outcome === 'answer' && all[0] === what.slice(6);
  });
}

const mustNotAnswer = (row) => row.topics.length === 0 && row.must_not.includes('answer');

function judge(row, answer, known) {
  const all = offered(answer);
  const scored = row.outcome !== 'privacy' && row.topics.some((topic) => known.has(topic));
  const first = scored && row.topics.includes(all[0]);
  const wanted = row.outcome.startsWith('safety_') ? row.outcome.slice('safety_'.length) : null;
  return { scored, first, top3: scored && all.slice(0, 3).some((topic) => row.topics.includes(topic)),
    confident_wrong: answer.outcome === 'answer' && (scored ? !first : mustNotAnswer(row)),
    outcome: outcomeFits(row, answer), forbidden: forbidden(row, answer),
    municipality: [row.municipality, null].includes(answer.municipality) || !row.municipality,
    safety: wanted, alarmed: answer.outcome === 'safety', right_kind: wanted === answer.safety };
}

const isPrivacy = (what) => what === 'privacy' || what === 'store_plain';
const share = (part, all) =>
  ({ share: all.length ? part.length / all.length : null, of: all.length, missed: all.length - part.length });

function safetyFigures(judged, indirect) {
  const alarms = judged.filter((one) => one.safety);
  const of = (some) => share(some.filter((one) => one.alarmed), some);
  return { clear: of(alarms.filter((one) => !indirect.test(one.row.note ?? ''))),
    indirect: of(alarms.filter((one) => indirect.test(one.row.note ?? ''))),
    right_kind: share(alarms.filter((one) => one.right_kind), alarms),
    false_alarms: judged.filter((one) => !one.safety && one.alarmed).length };
}

function missOf({ row, answer, first, scored, ...one }) {
  const why = [scored && !first && 'topic', !one.outcome && 'outcome', one.confident_wrong && 'confident wrong',
    !one.municipality && 'municipality', one.safety && !one.right_kind && 'kind of danger',
    ...one.forbidden.map((what) => `must not: ${what}`)].filter(Boolean);
  if (why.length === 0) return null;
  return { id: row.id, text: row.text, site: row.site, why, expected: { outcome: row.outcome, topics: row.topics },
    got: { outcome: answer.outcome, topics: offered(answer).slice(0, 4), safety: answer.safety,
      municipality: answer.municipality, confidence: answer.confidence, how: answer.because.how } };
}

function score(rows, answers, options) {
  const articles = readdirSync(path.join(options.content, 'articles'));
  const known = new Set(articles.map((name) => name.replace(/\.md$/, '')));
  const judged = rows.map((row, at) => ({ row, answer: answers[at], ...judge(row, answers[at], known) }));
  const topics = judged.filter((one) => one.scored);
  const unknown = judged.filter((one) => one.row.topics.length > 0 && !one.scored && one.row.outcome !== 'privacy');
  const ofPrivacy = judged.filter((one) => one.row.outcome === 'privacy' || one.row.must_not.some(isPrivacy));
  const kept = ofPrivacy.filter((one) => !one.forbidden.some(isPrivacy) &&
    (one.row.outcome !== 'privacy' || one.outcome));
  return { messages: rows.length, with_topic: topics.length,
    topics_missing_in_content: unknown.length,
    first: share(topics.filter((one) => one.first), topics), top3: share(topics.filter((one) => one.top3), topics),
    confident_wrong: { share: share(topics.filter((one) => one.confident_wrong), topics).share,
      outside: judged.filter((one) => !one.scored && one.confident_wrong).length },
    outcome: share(judged.filter((one) => one.outcome), judged),
    municipality: share(judged.filter((one) => one.municipality), judged),
    safety: safetyFigures(judged, new RegExp(options.indirect)),
    privacy: share(kept, ofPrivacy),
    misses: judged.map(missOf).filter(Boolean) };
}

function passes({ first, top3, confident_wrong, safety, privacy }) {
  const atLeast = (figure, goal) => figure.share === null || figure.share >= goal;
  const topics = atLeast(first, GOALS.first) && atLeast(top3, GOALS.top3) &&
    (confident_wrong.share ?? 0) <= GOALS.confident_wrong;
  return topics && atLeast(safety.clear, GOALS.safety_clear) && atLeast(safety.indirect, GOALS.safety_indirect) &&
    safety.false_alarms === 0 && atLeast(privacy, GOALS.privacy);
}

const options = readOptions();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
if (!options.file || !existsSync(options.file)) misuse('--file is needed and must exist');
const rows = readMessages(options.file);
const figures = score(rows, ask(binaryOf(options), options, rows), options);
const passed = passes(figures);
const file = path.basename(options.file);
console.log(JSON.stringify({ bench: 'messages', file, passed, goals: GOALS, ...figures }, null, 1));
process.exitCode = options.goals && !passed ? 1 : 0; // exit() would cut a long report short in a pipe
