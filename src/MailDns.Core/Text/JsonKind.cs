namespace MailDns.Text;

/// <summary>The kinds of JSON value (RFC 8259 section 3).</summary>
internal enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}
