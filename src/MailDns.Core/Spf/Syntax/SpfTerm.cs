namespace MailDns;

/// <summary>
/// One term of an SPF record, a directive or a modifier (RFC 7208 section 4.6.1). Two terms are equal when they say the
/// same, whatever the spelling: case, an explicit "+", a full prefix length, the form of an IPv6 address.
/// </summary>
public abstract class SpfTerm : IEquatable<SpfTerm>
{
    private readonly string _source;

    private protected SpfTerm(string source, int offset, int length)
    {
        _source = source;
        Offset = offset;
        Length = length;
    }

    /// <summary>Zero-based place of the term in the record's text.</summary>
    public int Offset { get; }

    /// <summary>Number of characters of the term.</summary>
    public int Length { get; }

    /// <summary>The term as it is spelt in the record.</summary>
    public string Text => Length == _source.Length ? _source : _source.Substring(Offset, Length);

    /// <summary>True for a term that counts against the ten of RFC 7208 section 4.6.4.</summary>
    public abstract bool IsLookup { get; }

    /// <summary>The one spelling of what the term says; equal terms have the same.</summary>
    internal abstract string CanonicalText { get; }

    /// <summary>True where both terms say the same.</summary>
    public bool Equals(SpfTerm? other) =>
        other is not null && (ReferenceEquals(this, other) || string.Equals(CanonicalText, other.CanonicalText, StringComparison.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as SpfTerm);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(CanonicalText);

    /// <summary>The term as it is spelt in the record.</summary>
    public override string ToString() => Text;
}
