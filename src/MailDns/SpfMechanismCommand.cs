using MailDns.Spf;

namespace MailDns;

/// <summary>Base of the cmdlets that add mechanisms to an SPF record or remove them.</summary>
public abstract class SpfMechanismCommand : SpfRecordCommand
{
    /// <summary>Domains whose SPF record is included, such as the one that a sending platform names.</summary>
    [Parameter]
    public string[]? Include { get; set; }

    /// <summary>IPv4 addresses or networks, such as 192.0.2.1 or 192.0.2.0/24.</summary>
    [Parameter]
    public string[]? IPv4 { get; set; }

    /// <summary>IPv6 addresses or networks, such as 2001:db8::1 or 2001:db8::/32.</summary>
    [Parameter]
    public string[]? IPv6 { get; set; }

    /// <summary>Names whose addresses may send, each perhaps with prefix lengths (/24, //64, /24//64). Empty or <c>@</c>: the domain itself.</summary>
    [Parameter]
    [AllowEmptyString]
    public string[]? A { get; set; }

    /// <summary>Domains whose mail exchangers may send, each perhaps with prefix lengths. Empty or <c>@</c>: the domain itself.</summary>
    [Parameter]
    [AllowEmptyString]
    public string[]? Mx { get; set; }

    /// <summary>Names that have an A record for a client that may send, mostly with macros, such as %{i}._spf.example.com.</summary>
    [Parameter]
    public string[]? Exists { get; set; }

    private protected SpfMechanismSet Mechanisms { get; private set; } = new();

    /// <summary>True to take networks as a record spells them, with host bits.</summary>
    private protected virtual bool AcceptsHostBits => false;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Mechanisms = new SpfMechanismSet(AcceptsHostBits).Include(Include).A(A).Mx(Mx).IPv4(IPv4).IPv6(IPv6).Exists(Exists);
        }
        catch (System.FormatException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, MyInvocation.BoundParameters.Keys.FirstOrDefault()));
        }

        if (Mechanisms.Directives.Count == 0)
        {
            var exception = new PSArgumentException("Name at least one mechanism: -Include, -IPv4, -IPv6, -A, -Mx or -Exists.");
            ThrowTerminatingError(new ErrorRecord(exception, "MechanismRequired", ErrorCategory.InvalidArgument, targetObject: null));
        }
    }
}
