using System.Net;
using System.Net.Sockets;
using MailDns.Spf;

namespace MailDns.ReverseDns;

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
        var status = new ReverseDnsStatus(_sheet.Domain, _address.ToString(), reverse.ToString())
        {
            HostNames = names.Select(name => name.ToString()).ToArray(),
            ForwardAddresses = hosts.SelectMany(host => host.Addresses).Distinct().Select(address => address.ToString()).ToArray(),
            HostName = Array.Find(hosts, host => host.LeadsBack)?.Name.ToString(),
        };
        status.IsConfirmed = Judge(reverse, pointers, names, hosts);
        status.Records = status.HostNames;
        status.Judge(_sheet, isThere: true);
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
            _sheet.CompleteUnknown(ReverseDnsChecks.OfAddress, pointers);
            return null;
        }

        if (names.Length == 0)
        {
            _sheet.Report(
                ReverseDnsChecks.Missing.With(_address, reverse, pointers.Describe()),
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
        if (Array.Exists(hosts, host => host.LeadsBack)) return true;

        if (Array.Find(hosts, host => host.Answer.IsFailure) is { } failed)
        {
            _sheet.Unknown(ReverseDnsChecks.Forward, failed.Answer);
            return null;
        }

        string shown = string.Join("; ", hosts.Select(host => host.Name + ": " + (host.Addresses.Count == 0 ? host.Answer.Describe() : string.Join(", ", host.Addresses))));
        string which = names.Length > MaxNames ? "first " + MaxNames + " of the " + names.Length + " names, " : string.Empty;
        _sheet.Report(
            ReverseDnsChecks.Forward.With(_address, which + shown),
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
            _sheet.Report(ReverseDnsChecks.Generic.With(names, _address), expected: null, actual: names);
        }
    }

    // Beside an alias no address can stand, and outside the domain it is another's to publish.
    private ResourceRecord? Fix(PointedHost host) =>
        _domain is { } domain && host.Name.IsSameOrBelow(domain) && !host.Answer.IsAliased && DomainName.TryParse(host.Name.Text, out _, out _)
            ? AddressRecords.Create(host.Name, domain, _address)
            : null;

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

/// <summary>Host names that a network gives to all its addresses: they hold the address itself, or say how it is assigned.</summary>
internal static class GenericHostName
{
    /// <summary>Words for lines of end users; whole words only, and never in the organization's own name.</summary>
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "adsl", "broadband", "cable", "dhcp", "dial", "dialin", "dialup", "dsl", "dyn", "dynamic", "dynamicip", "dynip", "ppp", "pppoe", "pool",
        "sdsl", "unassigned", "unused", "vdsl", "xdsl",
    };

    /// <summary>Digits of an IPv6 address in a row that no host has in its name by chance.</summary>
    private const int ManyNibbles = 12;

    /// <summary>True where the name looks like one that nobody chose for a mail server.</summary>
    public static bool IsGeneric(DomainName host, IPAddress address) => HoldsAddress(host, address) || SaysDynamic(host);

    private static bool HoldsAddress(DomainName host, IPAddress address)
    {
        string text = host.Text;
        return address.AddressFamily == AddressFamily.InterNetwork ? HoldsIPv4(text, address.GetAddressBytes()) : HoldsIPv6(text, address.GetAddressBytes());
    }

    // 192-0-2-1, 1.2.0.192, 192000002001, c0000201. Two of the four numbers are common in names that people choose.
    private static bool HoldsIPv4(string text, byte[] octets)
    {
        string[] numbers = Numbers(text);
        string[] decimals = octets.Select(octet => octet.ToString(CultureInfo.InvariantCulture)).ToArray();
        string padded = string.Concat(octets.Select(octet => octet.ToString("D3", CultureInfo.InvariantCulture)));
        string hex = string.Concat(octets.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
        return HoldsRun(numbers, decimals) || HoldsRun(numbers, decimals.Reverse().ToArray())
            || text.IndexOf(padded, StringComparison.Ordinal) >= 0
            || text.Split('.', '-', '_').Any(part => part == hex || part == "ip" + hex);
    }

    private static bool HoldsIPv6(string text, byte[] octets)
    {
        string nibbles = string.Concat(octets.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
        string reversed = new(nibbles.Reverse().ToArray());
        string bare = text.Replace("-", string.Empty).Replace(".", string.Empty);
        return bare.IndexOf(nibbles.Substring(32 - ManyNibbles), StringComparison.Ordinal) >= 0
            || bare.IndexOf(nibbles.Substring(0, 16), StringComparison.Ordinal) >= 0
            || bare.IndexOf(reversed.Substring(0, ManyNibbles), StringComparison.Ordinal) >= 0;
    }

    // The numbers of the name in order, without leading zeros.
    private static string[] Numbers(string text) =>
        new string(text.Select(c => c is >= '0' and <= '9' ? c : ' ').ToArray())
            .Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries)
            .Select(number => number.TrimStart('0'))
            .Select(number => number.Length == 0 ? "0" : number)
            .ToArray();

    private static bool HoldsRun(string[] numbers, string[] wanted) =>
        Enumerable.Range(0, Math.Max(0, numbers.Length - wanted.Length + 1))
            .Any(start => numbers.Skip(start).Take(wanted.Length).SequenceEqual(wanted, StringComparer.Ordinal));

    private static bool SaysDynamic(DomainName host) =>
        host.Labels.Take(Math.Max(0, host.LabelCount - 2))
            .SelectMany(label => label.Split('-', '_'))
            .Select(word => word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
            .Any(s_words.Contains);
}

/// <summary>The checks of sending addresses and of the names their servers say in HELO: the one place that declares them.</summary>
internal static class ReverseDnsChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Ptr);
    public static readonly CheckDefinition Missing = s_rows.Error("PTR-MISSING", CheckNeeds.Dns, "Every sending address has a PTR record", "The sending address {address} has no PTR record at {reverse} ({answer}).", "Ask the owner of the address to publish a PTR record with the server's host name.", "RFC 1912 section 2.1; sender guidelines of Gmail, Yahoo, Apple and La Poste");
    public static readonly CheckDefinition Forward = s_rows.Error("PTR-FORWARD", CheckNeeds.Dns, "PTR is forward-confirmed (FCrDNS)", "The PTR name of {address} does not resolve back to it: {shown}.", "Publish the address at that name, or change the PTR to the name that has it.", "RFC 8601 section 3; RFC 1912 section 2.1; sender guidelines of Gmail and Microsoft");
    public static readonly CheckDefinition Generic = s_rows.Warning("PTR-GENERIC", CheckNeeds.Dns, "The PTR name is the server's own", "{host}, the PTR name of {address}, looks like one that the network assigned.", "Change the PTR to the server's own host name, ideally the one in HELO.", "Postmaster pages of GMX and T-Online; M3AAWG Sender Best Common Practices");
    public static readonly CheckDefinition HeloUnresolved = s_rows.Warning("HELO-UNRESOLVED", CheckNeeds.Dns, "The HELO name has an address", "The HELO name {name} has no address ({answer}).", "Publish the server's address at that name, or change the HELO name to one that has it.", "RFC 5321 sections 4.1.1.1 and 2.3.5");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those of an address.</summary>
    public static IReadOnlyList<CheckDefinition> OfAddress { get; } = new[] { Missing, Forward, Generic };
}

/// <summary>The record that gives a host an address.</summary>
internal static class AddressRecords
{
    /// <summary>A or AAAA, after the address's family.</summary>
    public static ResourceRecord Create(DomainName host, DomainName zone, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? new ARecord(host, zone, address, TimeSpan.FromHours(1), RecordPurpose.Address)
            : new AaaaRecord(host, zone, address, TimeSpan.FromHours(1), RecordPurpose.Address);
}
