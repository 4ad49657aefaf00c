'use strict';

// The same message by mailauth, from a stream of the same file, with the same answers from memory. Prints one line of JSON.
// node messages.js <folder with node_modules> <message> <zone as JSON>
// node --expose-gc --min-semi-space-size=1024 --max-semi-space-size=1024 messages.js ... memory: only what a message takes

const fs = require('node:fs');
const path = require('node:path');

const [folder, file, zoneFile, mode] = process.argv.slice(2);
const library = name => require(path.join(path.resolve(folder), 'node_modules', 'mailauth', 'lib', name));
const { dkimVerify } = library('dkim/verify');
const { spf } = library('spf');
const { dmarc } = library('dmarc');
const zone = JSON.parse(fs.readFileSync(zoneFile, 'utf8'));

const resolver = async (name, type) => {
    if (type === 'TXT' && zone[name]) {
        return [[zone[name]]];
    }
    const error = new Error('no such name');
    error.code = 'ENOTFOUND';
    throw error;
};

// What its authenticate() does, ARC and BIMI left out: the rest of the package needs a newer Node.
const prove = async name => {
    const dkim = await dkimVerify(fs.createReadStream(name), { resolver, sender: 'a@example.com' });
    const sender = await spf({ ip: '192.0.2.10', helo: 'mail.example.com', sender: 'a@example.com', mta: 'mx.invalid', resolver });
    const policy = await dmarc({
        headerFrom: dkim.headerFrom,
        spfDomains: sender && sender.status.result === 'pass' ? [sender.domain] : [],
        dkimDomains: (dkim.results || []).filter(row => row.status.result === 'pass').map(row => ({ id: row.id, domain: row.signingDomain, aligned: row.status.aligned })),
        resolver
    });
    const signature = dkim.results[0];
    return [signature && signature.status.result, sender && sender.status.result, policy && policy.status && policy.status.result].join(' ');
};

const seconds = started => Number(process.hrtime.bigint() - started) / 1e9;
const peak = () => process.resourceUsage().maxRSS * 1024;

const measure = async limit => {
    const started = process.hrtime.bigint();
    const before = process.cpuUsage();
    let done = 0;
    do {
        await prove(file);
        done++;
    } while (seconds(started) < limit);
    const used = process.cpuUsage(before);
    return (done * 1e6) / (used.user + used.system);
};

// What one message puts on a young heap that is too large to be collected meanwhile; the least of some.
const taken = async () => {
    let least = Infinity;
    for (let i = 0; i < 5; i++) {
        global.gc();
        const before = process.memoryUsage();
        await prove(file);
        const after = process.memoryUsage();
        least = Math.min(least, Math.max(0, after.heapUsed - before.heapUsed) + Math.max(0, after.external - before.external));
    }
    return least;
};

const run = async () => {
    const small = path.join(path.dirname(file), 'small.eml');
    fs.writeFileSync(small, 'From: a@example.com\r\nSubject: x\r\n\r\nhello\r\n');
    await prove(small);
    if (mode === 'memory') {
        await prove(file);
        console.log(JSON.stringify({ octets: await taken() }));
        return;
    }
    const before = peak();
    const verdict = await prove(file);
    const firstPeak = peak() - before;
    await measure(1);
    const rate = await measure(2);
    const peakAll = peak();
    console.log(JSON.stringify({ rate, firstPeak, peak: peakAll, length: fs.statSync(file).size, verdict }));
};

run();
