// Follows the feed and draws what it says. All that came from hosts goes through textContent.

import * as words from './words.js';

const MOST_DECISIONS = 60;
const SILENCE = 35_000;

const state = {
  listed: new Map(),     // host → {host, pool, labels}
  hosts: new Map(),      // pool/host → overview
  incidents: new Map(),  // pool/id → incident
  decisions: [],         // newest first
  names: new Map(),      // handle → name, also of domains that are gone
  analyzer: {state: 'awaited', sentence: ''},
  skew: 0,               // the server's clock minus ours
  heard: Date.now(),
  connected: false,
  begun: false,
};
const opened = new Set();  // details that a person opened, by key
const histories = new Map();
const $ = id => document.getElementById(id);

/** An element; strings among the children become text. */
function el(tag, attributes, ...children) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) one.setAttribute(name, value === true ? '' : value);
  }
  one.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return one;
}

const byName = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const now = () => Date.now() + state.skew;

function time(at, form) {
  return el('time', {datetime: at, 'data-at': Date.parse(at), 'data-form': form, title: new Date(at).toLocaleString()});
}

function tick() {
  for (const one of document.querySelectorAll('time[data-form]')) {
    const away = now() - Number(one.dataset.at);
    let text;
    switch (one.dataset.form) {
      case 'since': text = 'for ' + words.span(away); break;
      case 'ago': text = words.span(away) + ' ago'; break;
      case 'due': text = away < 0 ? 'in ' + words.span(-away) : away < 3000 ? 'now' : 'due for ' + words.span(away); break;
      default: text = words.clock(Number(one.dataset.at));
    }
    if (one.textContent !== text) one.textContent = text;
  }
  pulse();
}

// ---- what is known ----

function nameOf(incarnation) {
  return state.names.get(incarnation.handle) || null;
}

/** Whether it told a name that was not known. */
function takeHost(host) {
  state.hosts.set(host.pool + '/' + host.host, host);
  let news = false;
  for (const domain of host.domains) {
    const name = domain.name || (domain.vm && domain.vm.is === 'by-name' ? domain.vm.name : null);
    if (name && state.names.get(domain.handle) !== name) {
      state.names.set(domain.handle, name);
      news = true;
    }
  }
  return news;
}

function takeDecision(entry) {
  if (state.decisions.some(one => one.pool === entry.pool && one.number === entry.number && one.hash === entry.hash)) return false;
  state.decisions.unshift(entry);
  state.decisions.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)
    || (a.pool === b.pool ? b.number - a.number : byName(a.pool, b.pool)));
  state.decisions.length = Math.min(state.decisions.length, MOST_DECISIONS);
  return true;
}

function takeAll(situation) {
  state.skew = Date.parse(situation.time) - Date.now();
  state.listed = new Map(situation.inventory.map(one => [one.host, one]));
  state.hosts.clear();
  situation.hosts.forEach(takeHost);
  const before = state.incidents;
  state.incidents = new Map(situation.incidents.map(one => [one.pool + '/' + one.id, one]));
  situation.decisions.forEach(takeDecision);
  state.analyzer = situation.analyzer;
  if (state.begun) {
    for (const [key, one] of state.incidents) announceChange(before.get(key), one);
  }
  state.begun = true;
  drawAll();
}

// ---- incidents ----

const isOpen = one => !one.closed;

function announceChange(before, one) {
  const [title, where] = words.subject(one.subject, nameOf);
  if (!before && isOpen(one)) announce('New incident: ' + words.verdict(one.finding.verdict) + ', ' + title + ', ' + where);
  else if (before && isOpen(before) && !isOpen(one)) announce('Closed: ' + title + ', ' + words.spaced(one.phase));
}

function announce(text) {
  $('announcer').textContent = text;
}

function checks(title, list) {
  if (!list.length) return null;
  return el('div', {class: 'checks'}, el('h4', {}, title), el('ul', {}, list.map(one =>
    el('li', {'data-holds': String(one.holds)},
      el('span', {class: 'sign', 'aria-hidden': 'true'}, one.holds ? '✓' : '✕'),
      el('span', {class: 'unseen'}, one.holds ? 'yes: ' : 'no: '),
      el('b', {}, words.spaced(one.name)), ' ', el('span', {}, words.plain(one.why))))));
}

function sentences(title, list, kind) {
  return list.length
    ? el('div', {class: kind}, el('h4', {}, title), el('ul', {}, list.map(one => el('li', {}, words.plain(one)))))
    : null;
}

function ladder(one) {
  if (!one.attempts.length) return null;
  return el('ol', {class: 'ladder', 'aria-label': 'Steps'}, one.attempts.map(attempt => {
    const outcome = attempt.outcome ? attempt.outcome.outcome : null;
    const [sign, word, sentence, kind] = words.outcome(outcome);
    return el('li', {'data-outcome': kind},
      el('span', {class: 'sign', 'aria-hidden': 'true'}, sign),
      el('div', {},
        el('p', {}, el('b', {}, words.capital(words.step(attempt.command.step))), ' ', el('span', {class: 'word'}, word)),
        sentence ? el('p', {class: 'small'}, sentence) : null,
        attempt.outcome && attempt.outcome.transcript.length
          ? el('pre', {tabindex: '0'}, attempt.outcome.transcript.map(transcript).join('\n')) : null));
  }));
}

function transcript(ran) {
  const end = ran.exit === undefined || ran.exit === null ? 'end not seen' : 'exit ' + ran.exit;
  return [words.plain(ran.host) + '$ ' + words.plain(ran.command) + '  [' + end + ', ' + words.span(ran.took_ms) + ']',
    ...(ran.out + ran.err).split('\n').filter(Boolean).map(line => '  ' + words.plain(line))].join('\n');
}

function nextOf(one) {
  if (one.proposal) {
    const key = words.plain(one.pool + '/' + one.id);
    return el('div', {class: 'next asks'},
      el('p', {}, el('b', {}, 'Waits for a person: '), words.step(one.proposal.step), ', ', time(one.proposal.until, 'due')),
      el('p', {class: 'small'}, words.plain(one.proposal.why)),
      el('p', {class: 'small'}, el('code', {}, './paramedic approve ' + key), ' or ', el('code', {}, './paramedic reject ' + key)));
  }
  const held = one.guards.filter(guard => !guard.holds);
  return el('div', {class: 'next'},
    held.map(guard => el('p', {class: 'held'}, el('b', {}, 'Held back by ' + words.spaced(guard.name) + ': '), words.plain(guard.why))),
    isOpen(one) ? el('p', {}, el('b', {}, 'Next: '), one.next
      ? [words.plain(one.next.what), one.next.due ? [', ', time(one.next.due, 'due')] : null]
      : 'nothing by itself.') : null);
}

function history(one, key) {
  const known = histories.get(key);
  if (!known) return el('p', {class: 'small', 'data-history': key}, 'Reading the journal…');
  if (typeof known === 'string') return el('p', {class: 'small'}, known);
  return el('ol', {class: 'history'}, known.map(entry => el('li', {},
    el('span', {class: 'clock'}, time(entry.at, 'clock')), ' ', words.capital(words.decision(entry.decision)),
    entry.reason ? el('span', {class: 'small'}, ' ' + words.plain(entry.reason)) : null)));
}

async function readHistory(one, key) {
  try {
    const answer = await fetch('/api/incidents/' + encodeURIComponent(one.pool) + '/' + encodeURIComponent(one.id));
    histories.set(key, answer.ok ? (await answer.json()).journal : 'The journal could not be read: ' + answer.status + '.');
  } catch {
    histories.set(key, 'The journal could not be read.');
  }
  drawIncident(key);
}

function more(one, key) {
  const box = el('details', {class: 'more', open: opened.has(key)},
    el('summary', {}, 'Rules, guards and how it came to this'),
    checks('Rules', one.rules), checks('Guards', one.guards),
    sentences('What to do', one.finding.advice, 'advice'),
    sentences('What must not be done', one.finding.harmful, 'harmful'),
    el('div', {}, el('h4', {}, 'Decisions'), history(one, key)),
    one.finding.source ? el('p', {class: 'small'}, words.plain(one.finding.source)) : null);
  box.addEventListener('toggle', () => {
    if (box.open) {
      opened.add(key);
      readHistory(one, key);
    } else {
      opened.delete(key);
    }
  });
  return box;
}

function incidentCard(one) {
  const key = one.pool + '/' + one.id;
  const [title, where] = words.subject(one.subject, nameOf);
  const open = isOpen(one);
  const cause = one.cause ? el('p', {class: 'small'}, 'Part of ' + words.plain(one.cause)) : null;
  return el('article', {class: 'incident', 'data-key': key, 'data-severity': open ? words.severity(one.finding.verdict) : 'ok',
    'data-phase': one.phase, 'aria-label': words.verdict(one.finding.verdict) + ', ' + title},
  el('header', {},
    el('h3', {}, el('span', {class: 'verdict'}, words.capital(words.verdict(one.finding.verdict))), ' ', el('bdi', {}, title)),
    el('p', {class: 'where'}, where, ' · ', words.plain(one.pool), ' · ', words.plain(one.id)),
    el('p', {class: 'phase'}, el('span', {class: 'badge'}, words.capital(words.spaced(one.phase))), ' ',
      open ? time(one.opened, 'since') : time(one.closed, 'ago'))),
  el('ul', {class: 'evidence'}, one.finding.evidence.map(line => el('li', {}, words.plain(line)))),
  cause, ladder(one), nextOf(one), more(one, key));
}

const phaseOrder = ['blocked', 'awaiting-approval', 'exhausted', 'acting', 'verifying', 'confirmed', 'suspected', 'inhibited'];
const weight = one => (words.severity(one.finding.verdict) === 'sick' ? 0 : 100) + Math.max(0, phaseOrder.indexOf(one.phase));

function sortedOpen() {
  return [...state.incidents.values()].filter(isOpen)
    .sort((a, b) => weight(a) - weight(b) || Date.parse(a.opened) - Date.parse(b.opened) || byName(a.id, b.id));
}

function drawIncident(key) {
  const one = state.incidents.get(key);
  const old = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
  if (!one || !old || (old.parentElement.id === 'open') !== isOpen(one)) {
    drawIncidents();
    return;
  }
  replace(old, incidentCard(one));
  drawOrder();
  tick();
}

/** Puts the new one where the old one was; whoever had the focus in it keeps it. */
function replace(old, fresh) {
  const had = old.contains(document.activeElement) ? document.activeElement.tagName : null;
  old.replaceWith(fresh);
  if (had) fresh.querySelector(had.toLowerCase())?.focus({preventScroll: true});
}

function drawOrder() {
  const box = $('open');
  sortedOpen().forEach((one, place) => {
    const card = box.querySelector('[data-key="' + CSS.escape(one.pool + '/' + one.id) + '"]');
    if (card && box.children[place] !== card) box.insertBefore(card, box.children[place]);
  });
}

function drawIncidents() {
  const open = sortedOpen();
  const closed = [...state.incidents.values()].filter(one => !isOpen(one))
    .sort((a, b) => Date.parse(b.closed) - Date.parse(a.closed));
  $('open').replaceChildren(...open.map(incidentCard));
  $('closed').replaceChildren(...closed.map(incidentCard));
  $('closed-box').hidden = !closed.length;
  $('closed-title').textContent = closed.length + ' closed lately';
  $('quiet').hidden = open.length > 0 || !state.begun;
  document.body.dataset.trouble = open.length ? 'yes' : 'no';
  document.title = (open.length ? '(' + open.length + ') ' : '') + 'Paramedic';
}

// ---- hosts ----

const isVm = domain => domain.domid !== 0;

function witnesses(domain) {
  const count = domain.witnesses.length;
  const text = count ? 'witnesses: ' + domain.witnesses.map(words.plain).join(', ') : 'no witness';
  return el('span', {class: 'witnesses', 'data-enough': String(count >= 2), title: text},
    el('span', {'aria-hidden': 'true'}, count >= 2 ? '●●' : count ? '●○' : '○○'), el('span', {class: 'unseen'}, text));
}

function domainTile(domain, host) {
  const grade = words.severity(domain.verdict);
  const name = domain.name || (domain.vm ? words.vm(domain.vm) : domain.handle);
  const key = domain.incident ? host.pool + '/' + domain.incident : null;
  return el('li', {class: 'domain', 'data-severity': grade, 'data-verdict': domain.verdict},
    el('span', {class: 'name', title: words.plain(name) + ', domid ' + domain.domid}, el('bdi', {}, words.plain(name))),
    witnesses(domain),
    el('span', {class: 'condition'}, words.condition(domain.condition)),
    domain.verdict === 'nothing-wrong' || domain.verdict === domain.condition.is ? null
      : el('span', {class: 'word'}, words.verdict(domain.verdict)),
    key ? el('span', {class: 'unseen'}, ' incident ' + words.plain(key)) : null);
}

const rank = domain => ({sick: 0, suspect: 1, ok: 2})[words.severity(domain.verdict)];

function hostCard(host) {
  const vms = host.domains.filter(isVm);
  const witnessed = vms.filter(one => one.witnesses.length >= 2).length;
  const sorted = [...vms].sort((a, b) => rank(a) - rank(b) || a.domid - b.domid);
  const hold = host.holds.map(one => el('p', {class: 'hold'}, el('b', {}, 'Hands off: '), words.plain(one)));
  const findings = host.findings.filter(one => words.severity(one.verdict) !== 'ok').map(one =>
    el('p', {class: 'finding', 'data-severity': words.severity(one.verdict)},
      el('b', {}, words.capital(words.verdict(one.verdict))), ' ', words.plain(one.evidence[0] || '')));
  const calm = host.standing === 'trusted';
  return el('article', {class: 'host', 'data-host': host.pool + '/' + host.host, 'data-standing': host.standing,
    'aria-label': 'Host ' + words.plain(host.host)},
  el('header', {},
    el('h3', {}, el('bdi', {}, words.plain(host.host))),
    el('span', {class: 'badge'}, words.spaced(host.standing)),
    el('p', {class: 'facts'}, [host.toolstack ? words.plain(host.toolstack) : null,
      (vms.length + host.omitted) + ' VMs', vms.length ? witnessed + ' witnessed' : null].filter(Boolean).join(' · '))),
  calm ? null : el('p', {class: 'sentence'}, words.plain(host.sentence)),
  hold, findings,
  sorted.length ? el('ul', {class: 'domains'}, sorted.map(one => domainTile(one, host))) : null,
  host.omitted ? el('p', {class: 'small'}, 'and ' + host.omitted + ' more') : null);
}

function unheard(listed) {
  return {pool: listed.pool, host: listed.host, mode: null, live: true, standing: 'awaited', findings: [], domains: [], omitted: 0, holds: [],
    sentence: 'The analyzer has written nothing about it yet.'};
}

function allHosts() {
  const known = new Map(state.hosts);
  for (const one of state.listed.values()) {
    const key = one.pool + '/' + one.host;
    if (!known.has(key)) known.set(key, unheard(one));
  }
  return [...known.values()].sort((a, b) => byName(a.pool, b.pool) || byName(a.host, b.host));
}

function drawHost(key) {
  const host = state.hosts.get(key);
  const old = document.querySelector('[data-host="' + CSS.escape(key) + '"]');
  if (host && old) replace(old, hostCard(host));
  else drawPools();
}

function drawPools() {
  const pools = new Map();
  for (const host of allHosts()) {
    if (!pools.has(host.pool)) pools.set(host.pool, []);
    pools.get(host.pool).push(host);
  }
  $('pools').replaceChildren(...[...pools].map(([pool, hosts]) => {
    const mode = hosts.map(one => one.mode).find(Boolean);
    return el('section', {class: 'pool', 'aria-label': 'Pool ' + words.plain(pool)},
      el('h2', {}, el('bdi', {}, words.plain(pool)), mode ? el('span', {class: 'mode', 'data-mode': mode}, words.spaced(mode)) : null),
      el('div', {class: 'hosts'}, hosts.map(hostCard)));
  }));
  if (!pools.size && state.begun) {
    $('pools').replaceChildren(el('p', {class: 'quiet'}, 'No hosts yet. Add one: ',
      el('code', {}, './paramedic host add xen-a=root@10.0.0.7 --pool north')));
  }
}

// ---- decisions and the head of the page ----

function decisionLine(entry) {
  const id = words.incidentOf(entry.decision);
  return el('li', {'data-decision': entry.decision.is},
    el('span', {class: 'clock'}, time(entry.at, 'clock')),
    el('div', {},
      el('p', {}, el('span', {class: 'what'}, words.capital(words.decision(entry.decision))),
        entry.reason ? el('span', {class: 'small'}, ' · ' + words.plain(entry.reason)) : null),
      el('p', {class: 'of'}, words.plain(entry.pool) + (id ? ' · ' + words.plain(id) : ''))));
}

function drawDecisions() {
  $('decisions').replaceChildren(...state.decisions.map(decisionLine));
  $('no-decisions').hidden = state.decisions.length > 0 || !state.begun;
}

function drawTotals() {
  const hosts = allHosts();
  const vms = hosts.flatMap(one => one.domains.filter(isVm));
  const total = vms.length + hosts.reduce((sum, one) => sum + one.omitted, 0);
  const witnessed = vms.filter(one => one.witnesses.length >= 2).length;
  const open = [...state.incidents.values()].filter(isOpen).length;
  const count = (number, word) => el('span', {}, el('b', {}, String(number)), ' ' + word);
  $('totals').replaceChildren(count(open, open === 1 ? 'open incident' : 'open incidents'), count(hosts.length, 'hosts'),
    count(total, 'VMs'), count(witnessed, 'with two witnesses'));
}

function pulse() {
  const silent = Date.now() - state.heard;
  const lost = !state.connected || silent > SILENCE;
  const kind = lost ? (state.begun ? 'lost' : 'waiting') : state.analyzer.state;
  const text = {lost: 'connection lost', waiting: 'connecting', live: 'live', behind: 'behind', silent: 'no analyzer', awaited: 'listening'}[kind] || kind;
  if ($('pulse').dataset.state !== kind) $('pulse').dataset.state = kind;
  if ($('pulse-text').textContent !== text) $('pulse-text').textContent = text;
  const banner = kind === 'lost' ? 'The connection is lost. What is shown is ' + words.span(silent) + ' old; trying again.'
    : kind === 'behind' || kind === 'silent' ? state.analyzer.sentence : '';
  if ($('banner').textContent !== banner) $('banner').textContent = banner;
  $('banner').hidden = !banner;
  document.body.dataset.stale = banner ? 'yes' : 'no';
}

function drawAll() {
  drawIncidents();
  drawPools();
  drawDecisions();
  drawTotals();
  tick();
}

// ---- the feed ----

let feed = null;

function listen() {
  const pool = new URLSearchParams(location.search).get('pool');
  feed = new EventSource('/feed?with=state' + (pool ? '&pool=' + encodeURIComponent(pool) : ''));
  const on = (name, take) => feed.addEventListener(name, event => {
    state.heard = Date.now();
    state.connected = true;
    take(event.data ? JSON.parse(event.data) : null);
  });
  feed.onopen = () => { state.heard = Date.now(); state.connected = true; pulse(); };
  feed.onerror = () => {
    state.connected = false;
    pulse();
    if (feed.readyState === EventSource.CLOSED) again();
  };
  on('snapshot', takeAll);
  on('reset', () => {});
  on('alive', alive => { state.skew = Date.parse(alive.time) - Date.now(); pulse(); });
  on('analyzer', one => { state.analyzer = one; pulse(); });
  on('decision', entry => { if (takeDecision(entry)) { drawDecisions(); tick(); } });
  on('listed', one => { state.listed.set(one.host, one); drawPools(); drawTotals(); });
  on('host', host => {
    const key = host.pool + '/' + host.host;
    const before = state.hosts.get(key);
    if (takeHost(host)) drawIncidents();
    if (before && before.mode === host.mode) drawHost(key);
    else drawPools();
    drawTotals();
    tick();
  });
  on('incident', one => {
    const key = one.pool + '/' + one.id;
    announceChange(state.incidents.get(key), one);
    state.incidents.set(key, one);
    if (opened.has(key)) readHistory(one, key);
    drawIncident(key);
    drawTotals();
    tick();
  });
  on('gone', gone => {
    if (gone.kind === 'incident') { state.incidents.delete(gone.key); drawIncidents(); }
    if (gone.kind === 'host') { state.hosts.delete(gone.key); drawPools(); }
    if (gone.kind === 'listed') { state.listed.delete(gone.key); drawPools(); }
    drawTotals();
    tick();
  });
}

let waiting = null;

/** A browser gives up where the server answers with an error; this page does not. */
function again() {
  if (waiting) return;
  feed.close();
  waiting = setTimeout(() => { waiting = null; listen(); }, 3000);
}

listen();
setInterval(() => {
  tick();
  // A connection can die without a word; then its heartbeats stay away.
  if (state.connected && Date.now() - state.heard > SILENCE) { state.connected = false; again(); }
}, 1000);
