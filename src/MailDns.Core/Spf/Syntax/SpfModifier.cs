namespace MailDns;

/// <summary>A modifier: name "=" value (RFC 7208 section 6).</summary>
public sealed class SpfModifier : SpfTerm
{
    private readonly string? _unknownName;

    internal SpfModifier(string source, int offset, int length, SpfModifierKind kind, string? unknownName, MacroString value)
        : base(source, offset, length)
    {
        Kind = kind;
        _unknownName = unknownName;
        Value = value;
    }

    /// <summary>Which modifier it is.</summary>
    public SpfModifierKind Kind { get; }

    /// <summary>The name: "redirect", "exp", or an unknown one as it is spelt.</summary>
    public string Name => Kind switch
    {
        SpfModifierKind.Redirect => "redirect",
        SpfModifierKind.Exp => "exp",
        _ => _unknownName!,
    };

    /// <summary>The value: a domain-spec for redirect and exp, any macro-string for the others.</summary>
    public MacroString Value { get; }

    /// <summary>True for redirect; exp is looked up only after the verdict (RFC 7208 section 4.6.4).</summary>
    public override bool IsLookup => Kind == SpfModifierKind.Redirect;

    internal override string CanonicalText => Kind == SpfModifierKind.Unknown
        ? Name.ToLowerInvariant() + "=" + Value.Text
        : Name + "=" + Value.CanonicalDomain;
}
