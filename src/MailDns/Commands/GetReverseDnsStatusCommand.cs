using System.Net;
using MailDns.ReverseDns;

namespace MailDns.Commands;

/// <summary>Reads the PTR names of sending addresses and checks that they are forward-confirmed.</summary>
/// <remarks>
/// Gmail, Microsoft, Yahoo, Apple and others refuse or distrust mail from an address that has no PTR record, or whose name does
/// not resolve back to the address (RFC 8601 section 3, iprev; RFC 1912 section 2.1). Generic names, such as those that a network
/// gives to all its addresses, are reported as well. If an address has many names, the first ten are checked, as receivers do.
/// The PTR record is in the zone of the owner of the address, in most cases the hosting provider. If a lookup fails, the result
/// is Unknown and IsConfirmed is null.
/// </remarks>
/// <example>
/// <code>Get-ReverseDnsStatus 203.0.113.25, 2001:db8::25 -Server 10.0.0.53</code>
/// <para>The names, their addresses, and whether one of the names is forward-confirmed.</para>
/// </example>
/// <example>
/// <code>'203.0.113.25', '203.0.113.26' | Get-ReverseDnsStatus | Where-Object IsConfirmed -ne $true | Select-Object -ExpandProperty Findings</code>
/// <para>What is wrong, or not known, with the addresses of the mail servers.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReverseDnsStatus")]
[OutputType(typeof(ReverseDnsStatus))]
public sealed class GetReverseDnsStatusCommand : ReaderCommand
{
    /// <summary>One or more addresses that mail is sent from, IPv4 or IPv6.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IPv4Address", "IPv6Address")]
    [ValidateNotNullOrEmpty]
    public IPAddress[] IPAddress { get; set; } = Array.Empty<IPAddress>();

    protected override void ProcessRecord()
    {
        if (!MyInvocation.ExpectingInput) Expect(IPAddress.Length);

        foreach (IPAddress address in IPAddress)
            Enqueue(address, (resolver, token) => ReadAsync(address, resolver, token));
    }

    private static async Task<IReadOnlyList<object>> ReadAsync(IPAddress address, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await ReverseDnsStatusReader.ReadAsync(address, domain: null, resolver, cancellationToken).ConfigureAwait(false) };
}
