using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Shortens an SPF record without changing a verdict, and flattens it on request.</summary>
/// <remarks>
/// Removes terms that no address can reach and joins adjacent networks. With -Flatten, include, a, mx and redirect are replaced
/// by their current addresses. The result of every IPv4 and IPv6 address is computed before and after; the record is returned
/// only if all results are the same. Terms that depend on the message (macros, exists, ptr, and includes that contain them) are
/// kept, with a warning that says why. If a lookup fails or a record is invalid, there is an error and no record. A record that
/// needs more than the 10 lookups of RFC 7208 section 4.6.4 is a permerror for some addresses; flattening gives these addresses
/// the result of the terms, and a warning says so. A result of more than 450 octets is split over _spf1.domain, _spf2.domain and
/// so on, which follow in the output; publish these first. The addresses of a sender change. Keep the record as it was before
/// flattening, and compare from time to time with -Check.
/// </remarks>
/// <example>
/// <code>Optimize-SpfRecord contoso.com -Flatten -Verbose</code>
/// <para>Looks the record of contoso.com up and gives it with addresses in place of lookups.</para>
/// </example>
/// <example>
/// <code>Optimize-SpfRecord -Domain contoso.com -InputObject 'v=spf1 include:spf.akmta.net mx -all' -Check</code>
/// <para>Compares the record that contoso.com publishes with the one that it was flattened from.</para>
/// </example>
/// <example>
/// <code>'v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all' | Optimize-SpfRecord -Domain contoso.com</code>
/// <para>Joins the networks, without any lookup.</para>
/// </example>
[Cmdlet(VerbsCommon.Optimize, "SpfRecord", DefaultParameterSetName = "Domain")]
[OutputType(typeof(TxtRecord), typeof(SpfDrift))]
public sealed class OptimizeSpfRecordCommand : SpfRecordCommand
{
    /// <summary>Replace include, a, mx and redirect by their current addresses.</summary>
    [Parameter]
    public SwitchParameter Flatten { get; set; }

    /// <summary>
    /// Compare the published record with -InputObject, the record as it was before flattening, and give an SpfDrift: the
    /// networks that one passes and the other does not.
    /// </summary>
    [Parameter(ParameterSetName = "InputObject")]
    public SwitchParameter Check { get; set; }

    private protected override bool NeedsResolver => Flatten || Check;

    private protected override async Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        if (Check)
        {
            if (source.IsLive)
                throw new SpfRefusalException("-Check compares with the record of " + source.Owner + " as it was before flattening: give its text with -InputObject.");

            return new object[] { await SpfDriftReader.ReadAsync(source.Owner, source.Text, resolver!, cancellationToken).ConfigureAwait(false) };
        }

        SpfOptimization result = await SpfOptimizer.OptimizeAsync(source.Owner, source.Text, Flatten, resolver, cancellationToken).ConfigureAwait(false);
        IEnumerable<object> records = new[] { new SpfPart(source.Owner, result.After) }
            .Concat(result.Parts)
            .Select(part => new TxtRecord(part.Name, source.Zone, part.Text, source.TimeToLive, RecordPurpose.Spf));
        return Messages(result.Changes.Concat(new[] { result.ToString() }), result.Warnings).Concat(records).ToArray();
    }
}
