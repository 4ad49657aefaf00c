using System.Net;
using MailDns.Blocklists;

namespace MailDns.Commands;

/// <summary>Asks block lists whether they have an entry of a sending address or of a domain.</summary>
/// <remarks>
/// "Are we listed?" is the first question when mail bounces. Each list is asked over DNS (RFC 5782), addresses on lists of addresses and domains
/// on lists of domains, and gives one object. A list counts only once its test entries have answered as they must: 127.0.0.2 is listed and
/// 127.0.0.1 is not. So a list that is dead, or that lists everything, lists nobody here. An answer that refuses the resolver, as
/// 127.255.255.254, and an address outside 127.0.0.0/8 are told as what they are (BLOCKLIST-REFUSED, BLOCKLIST-DEAD), and Listed is then null: not
/// known. The same holds where a lookup failed. Several lists refuse resolvers that many share: ask through one of your own with -Server.
/// docs/blocklists.md has the lists, where each value is from, and the format of a file of your own.
/// </remarks>
/// <example>
/// <code>Get-BlocklistStatus 203.0.113.25, contoso.com -Server 10.0.0.53 | Where-Object Listed -ne $false</code>
/// <para>Which lists have an entry of the mail server or the domain, and which gave no answer.</para>
/// </example>
/// <example>
/// <code>Get-Content addresses.txt | Get-BlocklistStatus -List spamhaus-zen, spamcop -Server 10.0.0.53 | Where-Object Listed | Format-Table Query, List, Meaning, DelistUri</code>
/// <para>Many addresses on two lists, and where each entry is removed.</para>
/// </example>
/// <example>
/// <code>Get-BlocklistStatus 203.0.113.25 -List bl.example.net -Server 10.0.0.53</code>
/// <para>A list that is not shipped, by its zone.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BlocklistStatus")]
[OutputType(typeof(BlocklistStatus))]
public sealed class GetBlocklistStatusCommand : ReaderCommand
{
    private BlocklistProbe? _probe;

    /// <summary>One or more domains, in Unicode or as A-labels; an address here is taken as an address. Most lists of domains have registered domains only: example.com, not www.example.com.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName")]
    [AddressOrDomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>One or more addresses that mail is sent from, IPv4 or IPv6.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IPv4Address", "IPv6Address")]
    [ValidateNotNull]
    public IPAddress[] IPAddress { get; set; } = Array.Empty<IPAddress>();

    /// <summary>
    /// The lists: ids of shipped lists, zones of others (bl.example.net), or files of lists (JSON). Default, which is also what is asked without
    /// this parameter, stands for the shipped lists that are free, need no registration and are about mail.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public string[] List { get; set; } = [BlocklistCatalog.Default];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _probe = new BlocklistProbe(BlocklistFiles.LoadOrStop(this, List));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (IPAddress.Length == 0 && Domain.Length == 0)
        {
            Refuse(ErrorRecords.From(new ArgumentException("There is nothing to ask about: give an address (-IPAddress) or a domain (-Domain)."), null));
            return;
        }

        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (BlocklistQuery query in IPAddress.Select(address => BlocklistQuery.Of(address)).Concat(Domain.Select(Read).OfType<BlocklistQuery>()).Where(query => asked.Add(query.Text)))
        {
            if (_probe!.Lists.Any(list => list.Kinds.Contains(query.Kind)))
                Enqueue(query.Text, (resolver, token) => ReadAsync(query, _probe, resolver, token));
            else
                Refuse(ErrorRecords.From(new ArgumentException("None of the lists has entries of " + (query.Kind == BlocklistKind.Domain ? "domains" : query.Kind + " addresses") + ", so " + query.Text + " was not asked about."), query.Text));
        }
    }

    // An address that comes as a text, by position or down the pipeline; "10" and "1.2" are domains, not addresses of another notation.
    private BlocklistQuery? Read(string text)
    {
        string bare = (text ?? string.Empty).Trim();
        if (System.Net.IPAddress.TryParse(bare, out IPAddress? address) && (bare.IndexOf(':') >= 0 || bare.Split('.').Length == 4))
            return BlocklistQuery.Of(address);

        if (DomainName.TryParse(text, out DomainName? domain, out string reason)) return BlocklistQuery.Of(domain!);

        Refuse(ErrorRecords.From(new DomainNameException(text ?? string.Empty, reason), text));
        return null;
    }

    private static async Task<IReadOnlyList<object>> ReadAsync(BlocklistQuery query, BlocklistProbe probe, IDnsResolver resolver, CancellationToken cancellationToken) =>
        await BlocklistStatusReader.ReadAsync(query, domain: null, probe, resolver, cancellationToken).ConfigureAwait(false);
}
