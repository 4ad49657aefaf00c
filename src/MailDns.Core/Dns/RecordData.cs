namespace MailDns.Dns;

/// <summary>The RDATA of a record in a form that code can read. One subclass a shape.</summary>
internal abstract class RecordData
{
}
