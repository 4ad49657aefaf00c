namespace MailDns;

/// <summary>Where in DNS a trait of a provider shows.</summary>
internal enum ProviderTraitKind
{
    SpfInclude,
    SpfTerm,
    DkimTarget,
    DkimSelector,
    BounceTarget,
    BounceHost,
    TrackingTarget,
    DmarcTarget,
    Mx,
    Delegation,
    Txt,
    Ptr,

    /// <summary>A domain that the platform signs with or returns mail to where its customer has set up none; not seen in the customer's DNS.</summary>
    MailDomain,
}

/// <summary>
/// Something that tells a provider: a name, a name with <c>*</c> for any characters, or the end of a name that begins with a
/// dot; a selector as a regular expression; the beginning of a text.
/// </summary>
internal sealed record ProviderTrait(ProviderTraitKind Kind, string Value, SendingProviderConfidence Confidence, string? Note)
{
    /// <summary>True where a name, selector or text has the trait.</summary>
    public bool Fits(string text) => Kind switch
    {
        ProviderTraitKind.DkimSelector => SendingProviderPattern.Matches(SendingProviderPattern.Whole(Value, ignoreCase: true), text),
        ProviderTraitKind.Txt => text.StartsWith(Value, StringComparison.OrdinalIgnoreCase),
        _ when Value[0] == '.' && Value.IndexOf('*') < 0 => text.EndsWith(Value, StringComparison.OrdinalIgnoreCase) || text.Equals(Value.Substring(1), StringComparison.OrdinalIgnoreCase),
        _ => FitsStars(text),
    };

    // Each star takes the fewest characters that let the rest fit.
    private bool FitsStars(string text)
    {
        string[] pieces = Value.TrimStart('.').Split('*');
        if (pieces.Length == 1) return string.Equals(Value, text, StringComparison.OrdinalIgnoreCase);

        int next = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            bool isLast = i == pieces.Length - 1;
            int found = isLast ? text.Length - pieces[i].Length : text.IndexOf(pieces[i], next, StringComparison.OrdinalIgnoreCase);
            bool isWrong = found < next || (isLast && !text.EndsWith(pieces[i], StringComparison.OrdinalIgnoreCase)) || (i == 0 && Value[0] != '.' && found != 0);
            if (isWrong) return false;

            next = found + pieces[i].Length;
        }

        return true;
    }
}
