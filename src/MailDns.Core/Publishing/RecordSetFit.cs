namespace MailDns.Publishing;

/// <summary>Whether a plan fits what the server has.</summary>
internal enum RecordSetFit
{
    /// <summary>The set is as it was when the plan was made.</summary>
    Fits,

    /// <summary>The set is as the plan wants it already.</summary>
    Done,

    /// <summary>Somebody has changed the set meanwhile.</summary>
    Changed,
}
