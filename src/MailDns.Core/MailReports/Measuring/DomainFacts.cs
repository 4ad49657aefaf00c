using MailDns.Sending;
using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>What a domain's DNS tells of its senders, each thing asked once: its SPF tree, where its keys lead, and names of addresses.</summary>
internal sealed class DomainFacts(IDnsResolver? resolver, ProviderIndex platforms, bool resolvesNames)
{
    // Reports may name any number of domains and selectors.
    private const int MaxQuestions = 2000;
    private readonly Dictionary<string, IReadOnlyList<SpfPath>> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SendingProvider?> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<AddressBits, string?> _names = new();
    private int _asked;

    /// <summary>Asks what attributing rows of a report will want to know.</summary>
    public async Task PrepareAsync(string policyDomain, IEnumerable<RowPrint> prints, CancellationToken cancellationToken)
    {
        if (resolver is null) return;

        await ReadTreeAsync(policyDomain, cancellationToken).ConfigureAwait(false);
        foreach (RowPrint print in prints)
        {
            if (OwnDomain.Is(print.HeaderFrom, policyDomain))
                await ReadTreeAsync(print.HeaderFrom, cancellationToken).ConfigureAwait(false);

            if (print.KeyDomain is not null && print.KeySelector is not null && OwnDomain.Is(print.KeyDomain, policyDomain))
                await ReadKeyAsync(KeyName(print.KeyDomain, print.KeySelector), cancellationToken).ConfigureAwait(false);
        }
    }

    public static string KeyName(string domain, string? selector) => selector is null ? "DKIM of " + domain : selector + "._domainkey." + domain;

    /// <summary>The platform that holds a key, by the alias at its name; null where the name is no alias or was not asked.</summary>
    public SendingProvider? PlatformOfKey(string key) => _keys.TryGetValue(key, out SendingProvider? provider) ? provider : null;

    /// <summary>The place in the domain's SPF tree that authorises an address; null where none does.</summary>
    public SpfPath? Find(string domain, in RowPrint print)
    {
        if (!_trees.TryGetValue(domain, out IReadOnlyList<SpfPath>? paths) || (print.Traits & RowTraits.Unreadable) != RowTraits.None)
            return null;

        // A network that was joined counts as authorised where any of it is: rather a warning too many.
        bool isSingle = print.PrefixLength == print.Address.BitLength;
        AddressSet? wanted = isSingle ? null : AddressSet.Of(AddressBlock.Create(print.Address, print.PrefixLength));
        var number = new AddressNumber(print.Address.High, print.Address.Low);
        foreach (SpfPath path in paths)
        {
            if (isSingle ? path.Addresses.Contains(print.Address.IsIPv6, number) : path.Addresses.Overlaps(wanted!))
                return path;
        }

        return null;
    }

    /// <summary>The name of an address that leads back to it (FCrDNS), from its last two labels; null without one or where names are not asked.</summary>
    public async Task<string?> NameOfAsync(AddressBits address, CancellationToken cancellationToken)
    {
        if (!resolvesNames || resolver is null) return null;
        if (_names.TryGetValue(address, out string? known) || ++_asked > MaxQuestions) return known;

        string? name = null;
        DnsResponse pointers = await resolver.QueryAsync(ReverseName.Of(address), DnsRecordType.Ptr, cancellationToken).ConfigureAwait(false);
        foreach (NameData pointer in pointers.Data<NameData>().Take(3))
        {
            DnsResponse back = await resolver.QueryAsync(pointer.Target, address.IsIPv6 ? DnsRecordType.Aaaa : DnsRecordType.A, cancellationToken).ConfigureAwait(false);
            if (back.Data<AddressData>().Any(found => AddressBits.From(found.Address, unmap: true).Equals(address)))
            {
                name = pointer.Target.LastLabels(Math.Max(2, pointer.Target.LabelCount - 1)).ToString();
                break;
            }
        }

        _names[address] = name;
        return name;
    }

    private async Task ReadTreeAsync(string text, CancellationToken cancellationToken)
    {
        if (_trees.ContainsKey(text) || _asked > MaxQuestions || !DomainName.TryParse(text, out DomainName? domain, out _))
            return;

        _asked++;
        _trees[text] = Array.Empty<SpfPath>();
        SpfNode root = await SpfTreeWalker.WalkAsync(domain!, resolver!, cancellationToken).ConfigureAwait(false);
        var known = new Dictionary<SpfNode, SpfAuthorization>();
        var paths = new List<SpfPath>();
        Add(root, platforms, known, paths);
        _trees[text] = paths;
    }

    // The deepest place that authorises an address names it best: children come first.
    private static void Add(SpfNode node, ProviderIndex platforms, Dictionary<SpfNode, SpfAuthorization> known, List<SpfPath> paths)
    {
        foreach (SpfNode child in node.Children)
            Add(child, platforms, known, paths);

        SpfAuthorization authorization = SpfAuthorization.Of(node, known);
        known[node] = authorization;
        if (!authorization.Addresses.IsEmpty)
        {
            SendingProvider? platform = null;
            for (SpfNode? at = node; at?.Parent is not null && platform is null; at = at.Parent)
                platform = platforms.OwnerOf(at.Name);

            paths.Add(new SpfPath(string.Join(" > ", node.Path.Select(PrintableText.Escape)), authorization.Addresses, platform, node.Parent is null));
        }
    }

    private async Task ReadKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (_keys.ContainsKey(key) || ++_asked > MaxQuestions) return;

        _keys[key] = null;
        if (DomainName.TryParseDns(key, out DomainName? name))
        {
            DnsResponse response = await resolver!.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
            foreach (DnsRecord record in response.Records)
            {
                if (record.Data is NameData alias && record.Type == DnsRecordType.Cname && platforms.OwnerOf(alias.Target.Text) is { } provider)
                {
                    _keys[key] = provider;
                    return;
                }
            }
        }
    }
}

/// <summary>A place in an SPF tree and the addresses that it passes.</summary>
internal sealed record SpfPath(string Text, AddressSet Addresses, SendingProvider? Platform, bool IsRoot);
