using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>An address and a resolver to a <see cref="ReverseDnsStatus"/>: its names, and their addresses.</summary>
internal sealed class ReverseDnsStatusReader
{
    /// <summary>Names that are followed; receivers stop there too (RFC 7208 section 4.6.4, RFC 8601 section 3).</summary>
    private const int MaxNames = 10;

    private readonly IPAddress _address;
    private readonly DomainName? _domain;
    private readonly IDnsResolver _resolver;
    private readonly CheckSheet _sheet;

    private ReverseDnsStatusReader(IPAddress address, DomainName? domain, IDnsResolver resolver)
    {
        _address = address;
        _domain = domain;
        _resolver = resolver;
        _sheet = new CheckSheet(domain?.Text ?? address.ToString());
    }

    /// <summary>Reads the address.</summary>
    /// <param name="address">The sending address.</param>
    /// <param name="domain">The domain that it sends for, under which the results stand; null where none is looked at.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static Task<ReverseDnsStatus> ReadAsync(IPAddress address, DomainName? domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new ReverseDnsStatusReader(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : WithoutScope(address), domain, resolver).ReadAsync(cancellationToken);

    // A zone index (fe80::1%3) is this machine's affair.
    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());

    private async Task<ReverseDnsStatus> ReadAsync(CancellationToken cancellationToken)
    {
        DomainName reverse = ReverseName.Of(AddressBits.From(_address, unmap: false));
        DnsResponse pointers = await _resolver.QueryAsync(reverse, DnsRecordType.Ptr, cancellationToken).ConfigureAwait(false);
        DomainName[] names = pointers.Data<NameData>().Select(data => data.Target).Distinct().ToArray();
        PointedHost[] hosts = await Task.WhenAll(names.Take(MaxNames).Select(name => FollowAsync(name, cancellationToken))).ConfigureAwait(false);
        var status = new ReverseDnsStatus(_address.ToString(), reverse.ToString())
        {
            HostNames = names.Select(name => name.ToString()).ToArray(),
            ForwardAddresses = hosts.SelectMany(host => host.Addresses).Distinct().Select(address => address.ToString()).ToArray(),
            HostName = Array.Find(hosts, host => host.LeadsBack)?.Name.ToString(),
        };
        status.IsConfirmed = Judge(reverse, pointers, names, hosts);
        status.Findings = _sheet.Findings;
        status.Results = _sheet.Results;
        return status;
    }

    // Only the address's own family can lead back to it.
    private async Task<PointedHost> FollowAsync(DomainName name, CancellationToken cancellationToken)
    {
        DnsRecordType type = _address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;
        DnsResponse answer = await _resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        return new PointedHost(name, answer, _address);
    }

    private bool? Judge(DomainName reverse, DnsResponse pointers, DomainName[] names, PointedHost[] hosts)
    {
        if (pointers.IsFailure)
        {
            _sheet.CompleteUnknown(ReverseDnsChecks.OfAddress, Lookup(pointers));
            return null;
        }

        if (names.Length == 0)
        {
            _sheet.Fire(
                ReverseDnsChecks.Missing,
                "The sending address " + _address + " has no PTR record at " + reverse + " (" + pointers.Describe() + ").",
                expected: reverse + " PTR <the server's host name>");
            _sheet.CompleteNotApplicable(ReverseDnsChecks.OfAddress, "There is no PTR record.");
            return false;
        }

        bool? confirmed = JudgeForward(names, hosts);
        JudgeGeneric(hosts);
        _sheet.CompletePass(ReverseDnsChecks.OfAddress);
        return confirmed;
    }

    private bool? JudgeForward(DomainName[] names, PointedHost[] hosts)
    {
        if (Array.Exists(hosts, host => host.LeadsBack))
        {
            return true;
        }

        if (Array.Find(hosts, host => host.Answer.IsFailure) is { } failed)
        {
            _sheet.Unknown(ReverseDnsChecks.Forward, Lookup(failed.Answer));
            return null;
        }

        string shown = string.Join("; ", hosts.Select(host => host.Name + ": " + (host.Addresses.Count == 0 ? host.Answer.Describe() : string.Join(", ", host.Addresses))));
        string which = names.Length > MaxNames ? "None of the first " + MaxNames + " of the " + names.Length + " names of " : "No name of ";
        _sheet.Fire(
            ReverseDnsChecks.Forward,
            which + _address + " leads back to it. " + shown + ".",
            expected: _address.ToString(),
            actual: shown,
            recommendation: null,
            hosts.Select(Fix).OfType<ResourceRecord>().Take(1).ToArray());
        return false;
    }

    // A name that leads back counts; where one of them is the server's own, the others do no harm.
    private void JudgeGeneric(PointedHost[] hosts)
    {
        PointedHost[] counted = Array.Exists(hosts, host => host.LeadsBack) ? Array.FindAll(hosts, host => host.LeadsBack) : hosts;
        if (Array.TrueForAll(counted, host => GenericHostName.IsGeneric(host.Name, _address)))
        {
            string names = string.Join(", ", counted.Select(host => host.Name.ToString()));
            _sheet.Fire(ReverseDnsChecks.Generic, names + ", the name of " + _address + ", looks like one that the network gave.", expected: null, actual: names);
        }
    }

    // Beside an alias no address can stand, and outside the domain it is another's to publish.
    private ResourceRecord? Fix(PointedHost host) =>
        _domain is { } domain && host.Name.IsSameOrBelow(domain) && !host.Answer.IsAliased && DomainName.TryParse(host.Name.Text, out _, out _)
            ? AddressRecords.Create(host.Name, domain, _address)
            : null;

    private static string Lookup(DnsResponse failure) => "The lookup of " + failure.Question + " failed: " + failure.Describe() + ".";

    /// <summary>One name of the address, and where it leads.</summary>
    private sealed class PointedHost
    {
        public PointedHost(DomainName name, DnsResponse answer, IPAddress address)
        {
            Name = name;
            Answer = answer;
            Addresses = answer.Data<AddressData>().Select(data => data.Address).ToArray();
            LeadsBack = Addresses.Contains(address);
        }

        public DomainName Name { get; }

        public DnsResponse Answer { get; }

        public IReadOnlyList<IPAddress> Addresses { get; }

        public bool LeadsBack { get; }
    }
}
