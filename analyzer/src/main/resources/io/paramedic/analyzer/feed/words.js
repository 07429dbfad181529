// The words in which the messages of the log are shown to people. Everything here is text; nothing becomes markup.

const OK = new Set(['nothing-wrong', 'paused', 'in-flight', 'control-domain']);
const SUSPECT = new Set(['hang-suspected', 'grant-table-nearly-full', 'storage-stall-suspected',
  'scheduler-stall-suspected', 'host-overloaded', 'undecided']);

/** How much of a person's attention a verdict wants: ok, suspect or sick. What this page does not know is not ok. */
export function severity(verdict) {
  return OK.has(verdict) ? 'ok' : SUSPECT.has(verdict) ? 'suspect' : 'sick';
}

/** Names are chosen by owners of guests: characters that turn or hide text are made visible. */
export function plain(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    one => '\\u' + one.codePointAt(0).toString(16).padStart(4, '0'));
}

export function spaced(word) {
  return plain(word).replaceAll('-', ' ');
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function verdict(word) {
  return spaced(word);
}

export function vm(id) {
  return id.is === 'by-name' ? plain(id.name) : plain(id.uuid);
}

export function condition(one) {
  switch (one.is) {
    case 'running': return one.activity === 'undetermined' ? 'running' : 'running, ' + spaced(one.activity);
    case 'shut-down': return 'shut down: ' + spaced(one.reason) + (one.paused ? ', paused' : '');
    default: return spaced(one.is);
  }
}

export function place(incarnation) {
  return 'domid ' + incarnation.domid + ' on ' + plain(incarnation.host);
}

export function hostsOf(subject) {
  switch (subject.is) {
    case 'domain': return [subject.incarnation.host];
    case 'vm': return subject.incarnations.map(one => one.host);
    case 'host': return [subject.host];
    case 'common-cause': return subject.hosts;
    default: return [];
  }
}

/** What an incident is about: its title, and where that is. */
export function subject(one, nameOf) {
  switch (one.is) {
    case 'domain': {
      const name = nameOf(one.incarnation) || (one.vm ? vm(one.vm) : 'a VM nobody knows');
      return [plain(name), place(one.incarnation)];
    }
    case 'vm': {
      const names = one.incarnations.map(nameOf).filter(Boolean);
      return [plain(names[0] || vm(one.vm)), one.incarnations.map(place).join(' and ')];
    }
    case 'host': return [plain(one.host), 'host'];
    case 'common-cause': return [plain(one.what), one.hosts.map(plain).join(', ')];
    default: return [spaced(one.is), ''];
  }
}

export function step(one) {
  const verb = spaced(one.is);
  if (one.target) return verb + ', ' + place(one.target.incarnation);
  if (one.is === 'start-vm') return verb + (one.vm.is === 'by-name' ? ' ' + vm(one.vm) : '') + ' on ' + plain(one.on.host);
  return one.on ? verb + ' on ' + plain(one.on.host) : verb;
}

/** [sign, word, sentence, state] of an outcome; without one the step is on its way. */
export function outcome(one) {
  if (!one) return ['…', 'ordered', '', 'running'];
  switch (one.is) {
    case 'done': return ['✓', 'done', plain(one.proof), 'done'];
    case 'ineffective': return ['–', 'no effect', plain(one.sentence), 'vain'];
    case 'refused': return ['✕', 'refused', plain(one.sentence), 'refused'];
    case 'not-reached': return ['✕', 'not reached', plain(one.sentence), 'refused'];
    case 'running': return ['…', 'running', plain(one.sentence), 'running'];
    case 'unknown': return ['?', 'unknown, it may have run', plain(one.sentence), 'unknown'];
    case 'garbled': return ['?', 'garbled', plain(one.sentence), 'unknown'];
    default: return ['?', spaced(one.is), '', 'unknown'];
  }
}

/** The incident that a decision is about, by its id in the pool. */
export function incidentOf(decision) {
  return decision.incident || (decision.control && decision.control.incident) || null;
}

export function decision(one) {
  switch (one.is) {
    case 'incident-opened': return 'opened as ' + verdict(one.finding.verdict);
    case 'phase-changed': return spaced(one.from) + ' → ' + spaced(one.to);
    case 'step-ordered': return 'ordered: ' + step(one.command.step);
    case 'step-proposed': return 'asks for: ' + step(one.proposal.step);
    case 'step-rehearsed': return 'would do: ' + step(one.step);
    case 'step-withheld': return 'held back' + (one.step ? ': ' + step(one.step) : '') + ', by ' + plain(one.guard);
    case 'outcome-taken': return 'outcome: ' + outcome(one.outcome)[1];
    case 'control-taken': return spaced(one.control.is) + ' by ' + plain(one.control.by) + (one.applied ? '' : ', which changed nothing');
    case 'policy-taken': return 'policy revision ' + one.revision;
    case 'host-trusted': return 'trusts ' + plain(one.host);
    case 'host-doubted': return 'doubts ' + plain(one.host);
    case 'liveness-changed': return one.live ? 'reads the log as it grows' : 'is behind the log';
    default: return spaced(one.is);
  }
}

/** Whole seconds, minutes, hours or days of a time in milliseconds. */
export function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min' + (s < 600 && s % 60 ? ' ' + s % 60 + ' s' : '');
  if (s < 86400) return Math.floor(s / 3600) + ' h' + (Math.floor(s % 3600 / 60) ? ' ' + Math.floor(s % 3600 / 60) + ' min' : '');
  const days = Math.floor(s / 86400);
  return days + (days === 1 ? ' day' : ' days');
}

export function clock(at) {
  return new Date(at).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false});
}
