using MailDns.Messages;

namespace MailDns;

/// <summary>One ARC set: what a handler of the message recorded and sealed (RFC 8617 section 4.1).</summary>
public sealed class ArcSetResult
{
    internal ArcSetResult(int instance, SignatureVerdict? seal, SignatureVerdict? message, AuthenticationClaim[] claims)
    {
        Instance = instance;
        Claims = claims;
        Domain = seal is null ? string.Empty : seal.Tags.Domain?.Text ?? PrintableText.Escape(seal.Tags.DomainText);
        Selector = seal is null ? string.Empty : PrintableText.Escape(seal.Tags.Selector);
        ChainValidation = seal?.Tags.Value("cv") is { } status ? PrintableText.Escape(status) : null;
        SealVerified = seal?.SignatureMatches;
        MessageVerified = message is null || message.Key is { Fault: KeyFault.Unknown } ? null : message.Verifies;
    }

    /// <summary>i=: 1 for the first handler.</summary>
    public int Instance { get; }

    /// <summary>The sealer's domain, d= of its ARC-Seal.</summary>
    public string Domain { get; }

    /// <summary>The sealer's selector.</summary>
    public string Selector { get; }

    /// <summary>cv=: what the sealer found of the chain before it: none, pass or fail.</summary>
    public string? ChainValidation { get; }

    /// <summary>True where the seal verifies; null where that was not computed.</summary>
    public bool? SealVerified { get; }

    /// <summary>True where the message is as this handler sent it on; false is usual where a later one changed it.</summary>
    public bool? MessageVerified { get; }

    /// <summary>What the handler recorded. None of it is proven here.</summary>
    public AuthenticationClaim[] Claims { get; }

    /// <summary>Instance, domain and state.</summary>
    public override string ToString() => "i=" + Instance + " " + Domain + " cv=" + ChainValidation;
}
