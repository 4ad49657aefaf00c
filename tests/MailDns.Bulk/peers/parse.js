'use strict';

// The same records by mailauth's parsers. Prints one line of JSON.
// node parse.js <folder with node_modules> <spf, terms or dmarc> <file with the records>

const fs = require('node:fs');
const path = require('node:path');

const [folder, kind, file] = process.argv.slice(2);
const library = name => require(path.join(path.resolve(folder), 'node_modules', 'mailauth', 'lib', name));
const { validateTerms } = library('spf/syntax');
const { parseDmarcRecord } = library('dmarc/get-dmarc-record');

const texts = JSON.parse(fs.readFileSync(file, 'utf8'))[kind === 'dmarc' ? 'dmarc' : 'spf'];

// As its strict mode does: the terms are the record without its version, split at spaces.
const split = text => text.split(' ').filter(part => part).slice(1);
const parsers = {
    spf: text => !validateTerms(split(text)),
    // Only its own share: the terms are there already.
    terms: terms => !validateTerms(terms),
    dmarc: text => Boolean(parseDmarcRecord(text).p)
};
const parse = parsers[kind];
const records = kind === 'terms' ? texts.map(split) : texts;

const seconds = started => Number(process.hrtime.bigint() - started) / 1e9;
const measure = limit => {
    const started = process.hrtime.bigint();
    const before = process.cpuUsage();
    let done = 0;
    while (seconds(started) < limit) {
        for (const record of records) {
            parse(record);
        }
        done += records.length;
    }
    const used = process.cpuUsage(before);
    return (done * 1e6) / (used.user + used.system);
};

const refused = records.filter(record => !parse(record)).length;
measure(0.5);
console.log(JSON.stringify({ rate: measure(1), octets: 0, refused }));
