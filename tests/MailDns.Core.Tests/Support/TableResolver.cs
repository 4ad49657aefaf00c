using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Core.Tests.Support;

/// <summary>
/// Answers from a table in memory: names that were added exist, others are NXDOMAIN (their empty parents NODATA),
/// aliases are followed within the table, and failures are injected per question.
/// </summary>
internal sealed class TableResolver : IDnsResolver
{
    private readonly Dictionary<DomainName, List<DnsRecord>> _records = new();
    private readonly Dictionary<DnsQuestion, DnsResponseStatus> _failures = new();
    private readonly HashSet<DomainName> _failedNames = new();
    private readonly List<DnsQuestion> _questions = new();
    private readonly HashSet<DomainName> _validated = new();
    private string? _resolver;

    /// <summary>Every question asked, in order.</summary>
    public IReadOnlyList<DnsQuestion> Questions
    {
        get
        {
            lock (_questions)
            {
                return _questions.ToArray();
            }
        }
    }

    /// <summary>Every record, owner by owner.</summary>
    public IEnumerable<DnsRecord> Records => _records.Values.SelectMany(records => records);

    /// <summary>The questions that fail, but for those of whole names.</summary>
    public IReadOnlyDictionary<DnsQuestion, DnsResponseStatus> Failures => _failures;

    public TableResolver Txt(string name, params string[] texts)
    {
        foreach (string text in texts)
            Add(name, DnsRecordType.Txt, new TxtData(text));

        return this;
    }

    /// <summary>One TXT record of several character-strings.</summary>
    public TableResolver TxtStrings(string name, params string[] strings) => Add(name, DnsRecordType.Txt, new TxtData(strings.ToArray()));

    public TableResolver Address(string name, params string[] addresses)
    {
        foreach (string text in addresses)
        {
            IPAddress address = IPAddress.Parse(text);
            Add(name, address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa, new AddressData(address));
        }

        return this;
    }

    public TableResolver Mx(string name, ushort preference, string exchange) =>
        Add(name, DnsRecordType.Mx, new MxData(preference, DomainName.FromDns(exchange)));

    public TableResolver Cname(string name, string target) => Add(name, DnsRecordType.Cname, new NameData(DomainName.FromDns(target)));

    public TableResolver Ptr(string name, string target) => Add(name, DnsRecordType.Ptr, new NameData(DomainName.FromDns(target)));

    public TableResolver Add(string name, DnsRecordType type, RecordData data)
    {
        DomainName owner = DomainName.FromDns(name);
        if (!_records.TryGetValue(owner, out List<DnsRecord>? list)) _records[owner] = list = new List<DnsRecord>();

        list.Add(new DnsRecord(owner, type, 3600, data));
        return this;
    }

    /// <summary>The answers come from that resolver, which says that it validated those of these names ("." for the root).</summary>
    public TableResolver By(string resolver, params string[] validated)
    {
        _resolver = resolver;
        _validated.UnionWith(validated.Select(DomainName.FromDns));
        return this;
    }

    /// <summary>The question fails so.</summary>
    public TableResolver Fail(string name, DnsRecordType type, DnsResponseStatus status)
    {
        _failures[new DnsQuestion(DomainName.FromDns(name), type)] = status;
        return this;
    }

    /// <summary>Every question for the name times out.</summary>
    public TableResolver FailName(string name)
    {
        _failedNames.Add(DomainName.FromDns(name));
        return this;
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_questions)
        {
            _questions.Add(question);
        }

        DnsResponse response = Answer(question);
        return Task.FromResult(_resolver is null ? response : response.AnsweredBy(_resolver, _validated.Contains(question.Name)));
    }

    private DnsResponse Answer(DnsQuestion question)
    {
        var chain = new List<DnsRecord>();
        DomainName name = question.Name;
        for (int links = 0; links <= 10; links++)
        {
            if (_failedNames.Contains(name))
                return DnsResponse.Failure(question, DnsResponseStatus.Timeout, chain, detail: null);

            if (_failures.TryGetValue(new DnsQuestion(name, question.Type), out DnsResponseStatus status))
                return DnsResponse.Failure(question, status, chain, detail: null);

            if (!_records.TryGetValue(name, out List<DnsRecord>? records))
            {
                bool emptyNonTerminal = _records.Keys.Any(owner => owner.IsBelow(name));
                return emptyNonTerminal ? DnsResponse.Answer(question, chain) : DnsResponse.NxDomain(question, chain);
            }

            DnsRecord? alias = records.FirstOrDefault(record => record.Type == DnsRecordType.Cname);
            if (alias is null || question.Type == DnsRecordType.Cname)
            {
                chain.AddRange(records.Where(record => record.Type == question.Type));
                chain.AddRange(records.Where(record => question.WithSignatures && record.Data is RrsigData signature && signature.Covered == question.Type));
                return DnsResponse.Answer(question, chain);
            }

            chain.Add(alias);
            name = ((NameData)alias.Data).Target;
        }

        return DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, chain, detail: null);
    }
}
