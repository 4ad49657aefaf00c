namespace MailDns.Dns;

/// <summary>
/// The RDATA of a record: what an answer or a zone file says, without the zone and the purpose that a <see cref="ResourceRecord"/> has.
/// One subclass a shape, in the file of its type; several types of one shape share it.
/// </summary>
internal abstract class RecordData
{
    /// <summary>False for data that were read from a text that is not understood.</summary>
    public virtual bool HasWireForm => true;

    /// <summary>Writes the wire form, names not compressed (RFC 3597 section 4).</summary>
    /// <exception cref="ArgumentException">It has none: it is longer than its type allows, or was read from a text that is not understood.</exception>
    public abstract void Write(WireWriter writer);

    /// <summary>The presentation form as a zone file has it, names absolute with their dot (RFC 1035 section 5.1). Equal data have equal forms.</summary>
    /// <param name="octal">Amazon Route 53 takes the three digits of \DDD as octal.</param>
    public abstract string ToPresentation(bool octal = false);
}
