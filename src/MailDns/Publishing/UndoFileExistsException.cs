using System.IO;

namespace MailDns.Publishing;

/// <summary>An undo plan is kept there already.</summary>
internal sealed class UndoFileExistsException(string path) : IOException("The file " + path + " exists already; an undo plan is never written over another file. Name a new one.")
{
}
