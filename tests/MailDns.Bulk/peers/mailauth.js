'use strict';

// The same twelve questions of each domain by mailauth, over the same server. Prints one line of JSON.
// node mailauth.js <folder with node_modules> <server> <domains> <at a time> <address> <selector> <verdict file or ->

const fs = require('node:fs');
const path = require('node:path');
const dns = require('node:dns').promises;

const [folder, server, count, limit, address, selector, verdictFile] = process.argv.slice(2);
const library = name => require(path.join(path.resolve(folder), 'node_modules', 'mailauth', 'lib', name));
const { spf } = library('spf');
const { dmarc } = library('dmarc');
const { getPublicKey } = library('tools');

const client = new dns.Resolver();
client.setServers([server]);

// mailauth keeps no answers between calls; shared names would be asked for again and again, so it gets a cache.
const known = new Map();
const resolver = (name, type) => {
    const key = type + ' ' + name;
    let answer = known.get(key);
    if (!answer) {
        answer = client.resolve(name, type);
        answer.catch(() => false);
        known.set(key, answer);
    }
    return answer;
};

const plain = async (name, type) => {
    try {
        return await resolver(name, type);
    } catch {
        return null;
    }
};

const keyOf = async domain => {
    try {
        await getPublicKey('DKIM', `${selector}._domainkey.${domain}`, 1024, resolver);
        return 'key';
    } catch {
        return 'no key';
    }
};

const check = async domain => {
    const policy = dmarc({ headerFrom: 'a@' + domain, spfDomains: [], dkimDomains: [], resolver });
    const [sender, found, key] = await Promise.all([
        spf({ sender: 'a@' + domain, ip: address, helo: domain, mta: 'mx.invalid', resolver }),
        policy,
        keyOf(domain),
        plain('default._bimi.' + domain, 'TXT'),
        plain(domain, 'MX'),
        plain(domain, 'A'),
        plain(domain, 'AAAA'),
        plain(domain, 'NS'),
        plain('_mta-sts.' + domain, 'TXT'),
        plain('_smtp._tls.' + domain, 'TXT'),
        plain('click.' + domain, 'CNAME'),
        plain('bounce.' + domain, 'CNAME')
    ]);
    return [sender.status.result, (found && found.p) || 'none found', key];
};

const run = async () => {
    const verdicts = new Array(Number(count));
    const started = process.hrtime.bigint();
    const seconds = () => Number(process.hrtime.bigint() - started) / 1e9;
    let first = 0;
    let next = 0;
    const worker = async () => {
        while (next < verdicts.length) {
            const index = next++;
            verdicts[index] = (await check(`d${index}.com`)).join(' ');
            first = first || seconds();
        }
    };
    await Promise.all(Array.from({ length: Number(limit) }, worker));
    const elapsed = seconds();
    const usage = process.resourceUsage();
    if (verdictFile !== '-') {
        fs.writeFileSync(verdictFile, verdicts.join('\n') + '\n');
    }
    console.log(JSON.stringify({
        seconds: elapsed,
        firstMilliseconds: first * 1000,
        cpuMilliseconds: (usage.userCPUTime + usage.systemCPUTime) / 1000,
        peakMegabytes: usage.maxRSS / 1024
    }));
};

run();
