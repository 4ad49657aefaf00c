using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Benchmarks;

/// <summary>Answers that are there before they are asked for, so that only the asking side is measured.</summary>
internal sealed class PrebuiltResolver : IDnsResolver
{
    private readonly Dictionary<DnsQuestion, Task<DnsResponse>> _answers = new();

    public PrebuiltResolver Txt(string name, string text) => Add(name, DnsRecordType.Txt, new TxtData(text));

    public PrebuiltResolver Mx(string name, ushort preference, string exchange) =>
        Add(name, DnsRecordType.Mx, new MxData(preference, DomainName.FromDns(exchange)));

    public PrebuiltResolver Address(string name, string address)
    {
        IPAddress parsed = IPAddress.Parse(address);
        return Add(name, parsed.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa, new AddressData(parsed));
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _answers.TryGetValue(question, out Task<DnsResponse>? answer) ? answer : Task.FromResult(DnsResponse.NxDomain(question));

    private PrebuiltResolver Add(string name, DnsRecordType type, RecordData data)
    {
        DomainName owner = DomainName.FromDns(name);
        var question = new DnsQuestion(owner, type);
        _answers.Add(question, Task.FromResult(DnsResponse.Answer(question, [new DnsRecord(owner, type, 3600, data)])));
        return this;
    }
}
