using System.Net;
using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Evaluates SPF as a receiver does: may this client send for this sender (check_host(), RFC 7208 section 4)?</summary>
/// <remarks>
/// Returns the result, the term that matched and its place in the tree of includes, the explanation that the domain publishes,
/// the lookups used (at most ten terms and two void lookups), and every step. If a lookup fails, or the evaluation takes longer
/// than 20 seconds, the result is TempError. If a record cannot be evaluated, it is PermError.
/// </remarks>
/// <example>
/// <code>Test-SpfSender -IPAddress 8.8.8.8 -Sender news@contoso.com -Helo mail.contoso.com</code>
/// <para>Checks MAIL FROM.</para>
/// </example>
/// <example>
/// <code>Test-SpfSender 8.8.8.8 -Sender '' -Helo mail.contoso.com</code>
/// <para>Checks a bounce: the null reverse-path is postmaster at the HELO name.</para>
/// </example>
/// <example>
/// <code>'8.8.8.8', '2001:4860::1' | Test-SpfSender -Sender news@contoso.com -ZoneFile ./contoso.com.zone | Format-Table IPAddress, Result, Mechanism</code>
/// <para>Checks several clients against a zone file.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SpfSender")]
[OutputType(typeof(SpfResult))]
public sealed class TestSpfSenderCommand : ResolvingCmdlet
{
    // RFC 7208 section 4.6.4: at least 20 seconds are allowed.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    /// <summary>The address of the client that sends, IPv4 or IPv6.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public IPAddress IPAddress { get; set; } = IPAddress.None;

    /// <summary>The address in MAIL FROM, or a domain alone; an empty string is the null reverse-path.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Sender { get; set; }

    /// <summary>The HELO or EHLO name. It is checked in place of the sender if there is none.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("HeloName")]
    public string? Helo { get; set; }

    /// <summary>The domain whose record is evaluated; default: the sender's, or the HELO name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DomainArgument]
    public string? Domain { get; set; }

    /// <summary>The name of the receiving host, for the macro r of explanations; default: unknown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ReceivingHost { get; set; } = "unknown";

    protected override void BeginProcessing() => PrepareResolver();

    protected override void ProcessRecord()
    {
        if (!SpfQuery.TryCreate(IPAddress, Sender, Helo, Domain, ReceivingHost, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out SpfQuery? query))
        {
            WriteError(ErrorRecords.From(new ArgumentException("Specify -Sender, -Helo (for a null reverse-path) or -Domain."), IPAddress));
            return;
        }

        WriteObject(Await(token => CheckAsync(query!, token)));
    }

    private async Task<SpfResult> CheckAsync(SpfQuery query, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_longest);
        return await SpfEvaluator.CheckHostAsync(query, Resolver, SpfLimits.Default, deadline.Token, cancellationToken).ConfigureAwait(false);
    }
}
