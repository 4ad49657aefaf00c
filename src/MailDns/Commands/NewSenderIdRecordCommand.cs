using MailDns.SenderId;

namespace MailDns.Commands;

/// <summary>Creates a Sender ID record (RFC 4406, Historic) for a platform that still asks for one.</summary>
/// <remarks>
/// No receiver uses Sender ID today, and the record makes the TXT answer of the domain larger; a warning says so. It does not
/// replace the SPF record. Uses no network.
/// </remarks>
/// <example>
/// <code>New-SenderIdRecord contoso.com -Include spf.akmta.net</code>
/// <para>spf2.0/pra include:spf.akmta.net -all</para>
/// </example>
/// <example>
/// <code>New-SenderIdRecord contoso.com -Scope Pra, Mfrom -All Neutral</code>
/// <para>spf2.0/pra,mfrom ?all: opts out of Sender ID.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "SenderIdRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewSenderIdRecordCommand : SpfGeneratorCommand
{
    /// <summary>The scope of the record: Pra (default; the sender that a person sees), Mfrom, or both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SenderIdScope[] Scope { get; set; } = { SenderIdScope.Pra };

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return SenderIdRecordBuilder.Create(domain, zone, Scope, Options, TimeToLive);
        yield return CmdletMessage.Warning("Sender ID is Historic and used by no receiver (RFC 6686). Publish this record only where a platform asks for it.");
    }
}
